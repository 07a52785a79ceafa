import { describe, expect, it } from "vitest";
import { ACTIONS, actionById } from "./actions.ts";
import { type KeyPress, matchShortcut, shortcutLabel } from "./shortcut.ts";

const press = (key: string, mod = false, shift = false): KeyPress => ({ key, mod, alt: false, shift });

describe("the registry", () => {
  it("names every action and every shortcut once", () => {
    const ids = ACTIONS.map(({ id }) => id);
    const keys = ACTIONS.flatMap((action) => action.keys ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("has no shortcut that another one would swallow", () => {
    const keys = ACTIONS.flatMap((action) => action.keys ?? []);
    expect(keys.filter((own) => keys.some((other) => other.startsWith(`${own} `)))).toEqual([]);
  });

  it("finds an action by its id", () => {
    expect(actionById("sensor.add")?.cli).toBe("sensor add");
    expect(actionById("nothing")).toBeUndefined();
  });
});

describe("a key press", () => {
  it("runs a chord with Ctrl or ⌘", () => {
    expect(matchShortcut(ACTIONS, [], press("k", true), true)).toMatchObject({ action: { id: "palette.open" } });
  });

  it("tells a chord from the same one with Shift", () => {
    expect(matchShortcut(ACTIONS, [], press("z", true), true)).toMatchObject({ action: { id: "undo" } });
    expect(matchShortcut(ACTIONS, [], press("Z", true, true), true)).toMatchObject({ action: { id: "redo" } });
    expect(matchShortcut(ACTIONS, [], press("y", true), true)).toMatchObject({ action: { id: "redo.windows" } });
  });

  it("waits for the second key of a sequence, then runs it", () => {
    const first = matchShortcut(ACTIONS, [], press("g"), true);
    expect(first).toEqual({ kind: "pending", typed: ["G"] });
    expect(matchShortcut(ACTIONS, ["G"], press("s"), true)).toMatchObject({ action: { id: "sensors.open" } });
  });

  it("starts again after a sequence that leads nowhere", () => {
    expect(matchShortcut(ACTIONS, ["G"], press("n"), true)).toMatchObject({ action: { id: "sensor.add" } });
    expect(matchShortcut(ACTIONS, ["G"], press("x"), true)).toEqual({ kind: "none" });
  });

  it("does nothing without a modifier when single keys are switched off", () => {
    expect(matchShortcut(ACTIONS, [], press("n"), false)).toEqual({ kind: "none" });
    expect(matchShortcut(ACTIONS, [], press("k", true), false)).toMatchObject({ kind: "action" });
  });
});

it("shows a shortcut as the keyboard has it", () => {
  expect([shortcutLabel("Mod+K", false), shortcutLabel("Mod+K", true), shortcutLabel("G S", true)]).toEqual([
    "Ctrl K",
    "⌘ K",
    "G S",
  ]);
});
