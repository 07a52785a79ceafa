import { describe, expect, test } from "vitest";
import { createRandom } from "../shared/index.ts";
import type { AcceptedFrame } from "./decoder.ts";
import { DRIVERS } from "./drivers.ts";
import { createDeviceSimulator } from "./simulate/index.ts";
import { decodeInChunks, randomBytes } from "./testing/chunking.ts";
import { framesOf } from "./testing/expect-events.ts";

const START = Date.UTC(2026, 0, 1);
const FRAMES = 20;
const LATER_BYTES = 2_000_000;
const NOISE_LENGTH = 65_536;
const SIMULATED = DRIVERS.filter(({ id }) => createDeviceSimulator(id, { random: createRandom(5) }) !== undefined);

/** Bytes of a device from its start on. */
function recordingOf(driverId: string, seed: number): Uint8Array {
  const device = createDeviceSimulator(driverId, { random: createRandom(seed) });
  const parts = [device?.boot() ?? []];
  for (let i = 0; i < FRAMES; i++) parts.push(device?.frame(START + i * 60_000) ?? []);
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

/** What anybody can see of a frame, `raw` looked at now. */
function shown({ raw, ...rest }: AcceptedFrame): unknown {
  return JSON.parse(JSON.stringify({ raw, rest }));
}

describe.each(SIMULATED)("raw fields of the $id driver", (driver) => {
  test("are the same when they are first asked for after megabytes more", () => {
    const bytes = recordingOf(driver.id, 5);
    const expected = framesOf(decodeInChunks(driver.createDecoder(), bytes, 4096)).map(shown);
    const decoder = driver.createDecoder();
    const held = framesOf(decoder.push(bytes));
    const later = [recordingOf(driver.id, 6), randomBytes(NOISE_LENGTH, createRandom(7))];
    for (let pushed = 0; pushed < LATER_BYTES; ) {
      for (const part of later) {
        decoder.push(part);
        pushed += part.length;
      }
    }
    expect(held.length).toBeGreaterThan(0);
    expect(held.map(shown)).toEqual(expected.slice(0, held.length));
  });

  test("survive copying, cloning and JSON, and are made once", () => {
    const frames = () => framesOf(decodeInChunks(driver.createDecoder(), recordingOf(driver.id, 5), 4096));
    const [asked, copied, cloned, written] = [frames()[0], frames()[0], frames()[0], frames()[0]] as AcceptedFrame[];
    expect(asked?.raw).toBe(asked?.raw);
    expect(Object.keys(asked?.raw ?? {}).length).toBeGreaterThan(0);
    expect({ ...copied }).toEqual(asked);
    expect(structuredClone(cloned)).toEqual(asked);
    expect(JSON.parse(JSON.stringify(written))).toEqual(JSON.parse(JSON.stringify(asked)));
    expect(Object.keys(written ?? {})).toEqual(Object.keys({ ...copied }));
    expect(Object.keys(written ?? {}).at(-1)).toBe("raw");
  });
});
