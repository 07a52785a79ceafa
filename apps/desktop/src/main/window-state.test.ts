import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { placeWindow, readWindowState, writeWindowState } from "./window-state.ts";

const SCREEN = { x: 0, y: 0, width: 1920, height: 1080 };
const LEFT_SCREEN = { x: -1920, y: 0, width: 1920, height: 1080 };
const CENTRED = { x: 370, y: 140, width: 1180, height: 800 };

test("A window comes back where it was, also on a second screen", () => {
  const state = { bounds: { x: -1800, y: 40, width: 900, height: 700 }, maximized: true };
  expect(placeWindow(state, [SCREEN, LEFT_SCREEN])).toEqual(state);
});

test("A window whose screen was unplugged comes back centred on the one that is left", () => {
  const state = { bounds: { x: -1800, y: 40, width: 900, height: 700 }, maximized: false };
  expect(placeWindow(state, [SCREEN])).toEqual({ bounds: CENTRED, maximized: false });
});

test("The first window fits a small screen", () => {
  const bounds = { x: 0, y: 24, width: 1024, height: 576 };
  expect(placeWindow(null, [bounds])).toEqual({ bounds, maximized: false });
});

test("Nonsense in the file is ignored and a tiny size is made usable", () => {
  for (const nonsense of [7, "x", {}, { bounds: { x: "1" }, maximized: false }, { bounds: CENTRED, maximized: 1 }]) {
    expect(placeWindow(nonsense, [SCREEN]).bounds).toEqual(CENTRED);
  }
  const tiny = { bounds: { x: 5, y: 5, width: 100, height: 1 }, maximized: false };
  expect(placeWindow(tiny, [SCREEN]).bounds).toEqual({ x: 5, y: 5, width: 360, height: 480 });
});

test("What was written is read again, and a damaged file reads as nothing", () => {
  const folder = mkdtempSync(join(tmpdir(), "window-state-"));
  const file = join(folder, "window.json");
  const state = { bounds: CENTRED, maximized: true };
  expect(readWindowState(file)).toBeNull();
  writeWindowState(file, state);
  expect(readWindowState(file)).toEqual(state);
  writeFileSync(file, '{"bounds":');
  expect(readWindowState(file)).toBeNull();
  expect(() => writeWindowState(join(folder, "missing", "window.json"), state)).not.toThrow();
  rmSync(folder, { recursive: true });
});
