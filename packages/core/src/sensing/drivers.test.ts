import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createRandom } from "../shared/index.ts";
import { DRIVERS, driverById } from "./drivers.ts";
import { createDeviceSimulator } from "./simulate/index.ts";
import { decodeInChunks } from "./testing/chunking.ts";
import { framesOf } from "./testing/expect-events.ts";

const COUNT = 12;
/** Text without a first byte of its own: the end of a line parts it from the next one. */
const LINES: ReadonlySet<string> = new Set(["airrohr", "lines", "rtl433", "mqtt"]);
const FOLDER = import.meta.dirname;

/** Source files (tests left out) that import from a decoder's folder, without those inside it. */
function importersOf(decoder: string): string[] {
  return readdirSync(FOLDER, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts") && !file.startsWith(join("decoders", decoder)))
    .filter((file) => new RegExp(`from "[^"]*/${decoder}/`).test(readFileSync(join(FOLDER, file), "utf8")))
    .sort();
}

describe("driver registry", () => {
  test("is, with the list of exports, the only place that knows a driver's folder", () => {
    const decoders = readdirSync(join(FOLDER, "decoders"));
    expect(decoders.length).toBe(DRIVERS.length);
    for (const decoder of decoders) expect(importersOf(decoder)).toEqual(["drivers.ts", "index.ts"]);
  });

  test("finds every driver by its own id, and none by another", () => {
    expect(new Set(DRIVERS.map(({ id }) => id)).size).toBe(DRIVERS.length);
    for (const driver of DRIVERS) expect(driverById(driver.id)).toBe(driver);
    expect(driverById("thermometer-of-galileo")).toBeUndefined();
  });

  test.each(DRIVERS)("$id says how its line is set and when it is silent", (driver) => {
    expect(driver.serial.length).toBeGreaterThan(0);
    expect(driver.silentAfterMs).toBeGreaterThanOrEqual(Math.max(3 * driver.expectedIntervalMs, 10_000));
    expect(driver.storeIntervalMs).toBeGreaterThanOrEqual(1000);
    for (const hint of driver.usbHints) expect(hint).toMatch(/^[0-9a-f]{4}:[0-9a-f]{4}$/);
  });

  test.each(DRIVERS)("$id reads every frame that its simulator writes, the same for the same seed", (driver) => {
    const write = (): Uint8Array => {
      const device = createDeviceSimulator(driver.id, { random: createRandom(1) });
      const at = Date.UTC(2026, 10, 25);
      const frames = Array.from({ length: 48 }, (_, i) => device?.frame(at + i * 1_800_000) ?? []);
      return Uint8Array.from([...(device?.boot() ?? []), ...frames.flatMap((frame) => [...frame])]);
    };
    const mapping = [{ key: "temp", quantity: "temperature", unit: "C" } as const];
    const frames = framesOf(decodeInChunks(driver.createDecoder({ mapping }), write(), 64));
    expect(frames).toHaveLength(48);
    for (const frame of frames) expect(frame.readings.length).toBeGreaterThan(0);
    expect(frames.flatMap((frame) => frame.readings.flatMap((reading) => reading.quality))).toEqual([]);
    expect(write()).toEqual(write());
  });

  test.each(DRIVERS)("$id loses one frame to one corrupted byte, two where it parted two lines", (driver) => {
    const device = createDeviceSimulator(driver.id, { random: createRandom(1) });
    const boot = device?.boot() ?? new Uint8Array();
    const frames = Array.from({ length: COUNT }, (_, i) => device?.frame(i * 1_800_000) ?? new Uint8Array());
    const stream = Uint8Array.from([...boot, ...frames.flatMap((frame) => [...frame])]);
    const most = LINES.has(driver.id) ? 2 : 1;
    const random = createRandom(11);
    for (let i = 0; i < 400; i++) {
      // The header of a CSV is said once: what it costs is the person's to see.
      const at = boot.length + Math.floor(random() * (stream.length - boot.length));
      const flipped = stream.with(at, (stream[at] ?? 0) ^ (1 + Math.floor(random() * 255)));
      const mapping = [{ key: "temp", quantity: "temperature", unit: "C" } as const];
      const left = framesOf(decodeInChunks(driver.createDecoder({ mapping }), flipped, 64)).length;
      expect([at, left >= COUNT - most]).toEqual([at, true]);
    }
  });
});
