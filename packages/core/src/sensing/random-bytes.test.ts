import { getHeapStatistics, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { createRandom } from "../shared/index.ts";
import type { DecodeEvent } from "./decoder.ts";
import { DRIVERS } from "./drivers.ts";
import { randomBytes } from "./testing/chunking.ts";

const BYTES = 1_000_000;
const WARM_UP_BYTES = 10_000;
const LONGEST_CHUNK = 2000;
const SEEDS = [20_261_125, 7] as const;
const MOST_GROWTH_BYTES = 5 * 1024 * 1024;
/** With less than 32 bits of framing and check, two may slip through; with more, none. */
const WEAK_FRAMES = 2;
/** Head, second byte and sum of an MH-Z19 are 24 bits; NMEA has 8 of check, pushed readouts and text lines none. */
const WEAK: ReadonlySet<string> = new Set(["mhz19", "nmea", "lines", "airrohr", "rtl433", "mqtt", "iec62056"]);

setFlagsFromString("--expose-gc");
const collectGarbage: () => void = runInNewContext("gc");

function usedBytes(): number {
  collectGarbage();
  return getHeapStatistics().used_heap_size;
}

function countFrames(events: readonly DecodeEvent[]): number {
  return events.filter(({ kind }) => kind === "frame").length;
}

describe("a million random bytes", () => {
  test.each(DRIVERS.flatMap((driver) => SEEDS.map((seed) => ({ driver, id: driver.id, seed }))))(
    "leave the $id driver as it was, and make no frames up (seed $seed)",
    ({ driver, id, seed }) => {
      const random = createRandom(seed);
      const stream = randomBytes(BYTES, random);
      const mapping = [{ key: "temp", quantity: "temperature", unit: "C" } as const];
      const decoder = driver.createDecoder({ mapping });
      let frames = countFrames(decoder.push(stream.subarray(0, WARM_UP_BYTES)));
      const before = usedBytes();
      for (let at = WARM_UP_BYTES, length = 0; at < stream.length; at += length) {
        length = 1 + Math.floor(random() * LONGEST_CHUNK);
        frames += countFrames(decoder.push(stream.subarray(at, at + length)));
      }
      expect(usedBytes() - before).toBeLessThan(MOST_GROWTH_BYTES);
      frames += countFrames(decoder.flush());
      expect(frames).toBeLessThanOrEqual(WEAK.has(id) ? WEAK_FRAMES : 0);
    },
  );
});
