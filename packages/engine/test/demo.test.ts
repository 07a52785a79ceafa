import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createIdSource, createRandom, DAY_MS } from "@ecolocal/core/shared";
import { createManualClock } from "@ecolocal/db/testing";
import { openWorkspace } from "@ecolocal/db/workspace";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ensureDemoAt, topUpDemo } from "../src/demo/index.ts";
import { createStore, type Store } from "../src/store/index.ts";

const FOUNDED_AT = Date.parse("2026-11-25T09:30:00Z");
let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "ecolocal-demo-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function open(name: string, clock: ReturnType<typeof createManualClock>) {
  const ids = createIdSource(clock, createRandom(1));
  const dir = join(root, name);
  const made = ensureDemoAt(dir, { appVersion: "1", clock, ids, timeZone: "Europe/Berlin" });
  if (!made.ok) throw new TypeError(made.error.detail);
  const held = openWorkspace(
    dir,
    { pid: process.pid, role: "agent", socketPath: null, since: 0 },
    { appVersion: "1", clock },
  );
  if (!held.ok) throw new TypeError(held.error.detail);
  return { store: createStore(held.value.db, { clock, ids }), close: held.value.close };
}

function course(store: Store, quantity: string, from: number, to: number) {
  const channel = store.channels.list().find((candidate) => candidate.quantity === quantity);
  const blocks = [...store.readings.range({ channelId: channel?.id ?? "", from, to })];
  return blocks.flatMap((block) => [...block.at].map((at, i) => [at, block.value[i]] as const));
}

describe("the demo", () => {
  it("is the same for everyone who makes it on the same day", () => {
    const first = open("a", createManualClock(FOUNDED_AT));
    const second = open("b", createManualClock(FOUNDED_AT));
    for (const quantity of ["pm25", "co2", "power", "energy_import"]) {
      const lines = [first, second].map(({ store }) => course(store, quantity, 0, 4e12).join("\n"));
      expect(lines[0] === lines[1]).toBe(true);
      expect(lines[0]?.length).toBeGreaterThan(1_000_000);
    }
    first.close();
    second.close();
    expect(readdirSync(root)).toEqual(["a", "b"]);
  });

  it("has ninety days of minutes, outages, a smoke episode and a meter that only counts up", () => {
    const { store, close } = open("a", createManualClock(FOUNDED_AT));
    const pm25 = course(store, "pm25", 0, 4e12);
    expect(pm25.length).toBeGreaterThan(88 * 1440);
    expect(pm25.length).toBeLessThan(90.5 * 1440);
    expect(pm25.some(([, value = 0]) => value > 90)).toBe(true);
    const energy = course(store, "energy_import", 0, 4e12).map(([, value]) => value ?? 0);
    expect(energy.every((value, i) => i === 0 || value >= (energy[i - 1] ?? 0))).toBe(true);
    close();
  });

  it("goes on where it stopped when it is opened days later, and changes nothing that was there", () => {
    const clock = createManualClock(FOUNDED_AT);
    const { store, close } = open("a", clock);
    const before = course(store, "co2", 0, 4e12).map(String);
    clock.advance(3 * DAY_MS);
    expect(topUpDemo(store).ok).toBe(true);
    const after = course(store, "co2", 0, 4e12).map(String);
    expect(before.every((line, i) => line === after[i])).toBe(true);
    expect(after.length - before.length).toBe(3 * 1440);
    expect(topUpDemo(store).ok).toBe(true);
    expect(course(store, "co2", 0, 4e12)).toHaveLength(after.length);
    close();
  });
});
