import { describe, expect, test } from "vitest";
import { asciiBytes } from "../../simulate/ascii.ts";
import { writeVeDirectBlock } from "../../simulate/vedirect.ts";
import { decodeInChunks } from "../../testing/chunking.ts";
import { framesOf, readingTexts, refusalsOf } from "../../testing/expect-events.ts";
import { join, testDecoderPromises } from "../../testing/fixtures/decoder-promises.ts";
import { createVeDirectDecoder } from "./decoder.ts";

// Synthetic blocks, written from Victron's VE.Direct Protocol 3.33.
const FIELDS = {
  PID: "0xA042",
  FW: 161,
  "SER#": "HQ2600TEST1",
  V: 12_530,
  I: -640,
  VPV: 31_390,
  PPV: 8,
  CS: 3,
  H19: 8272,
};
const GOOD = writeVeDirectBlock(FIELDS);
const OTHER = writeVeDirectBlock({ ...FIELDS, V: 12_540, PPV: 11 });
const HEX = asciiBytes(":A4F10A0001020304A5\n");

const decode = (stream: Uint8Array) => decodeInChunks(createVeDirectDecoder(), stream, 4096);

/** A block whose checksum byte is the wanted one. */
function blockEndingIn(byte: number): Uint8Array {
  const filled = (sum: number) => String.fromCharCode(...[0, 1, 2, 3].map((i) => 0x30 + Math.floor((sum + i) / 4)));
  const blocks = Array.from({ length: 256 }, (_, sum) =>
    writeVeDirectBlock({ PID: "0xA042", V: 12_530, X: filled(sum) }),
  );
  const found = blocks.find((block) => block.at(-1) === byte);
  if (found === undefined) throw new TypeError(`No block ends in ${byte}.`);
  return found;
}

describe("VE.Direct decoder", () => {
  test("reads volts, amperes, watts and kilowatt-hours, and who the device is", () => {
    const [frame] = framesOf(decode(GOOD));
    expect(frame).toMatchObject({ offset: 0, length: GOOD.length, identity: "HQ2600TEST1" });
    expect(readingTexts(frame)).toEqual([
      "battery_voltage 12.53 V",
      "current/battery -0.64 A",
      "voltage/solar 31.39 V",
      "power/solar 8 W",
      "energy_export/solar 82.72 kW.h",
    ]);
    expect(frame?.raw).toMatchObject({ PID: "0xA042", CS: "3", V: "12530" });
  });

  test("removes HEX frames that start directly behind the checksum byte, and inside a block", () => {
    const inside = join(GOOD.subarray(0, 30), HEX, GOOD.subarray(30));
    const events = decode(join(GOOD, HEX, OTHER, inside, HEX, HEX, GOOD));
    expect(framesOf(events)).toHaveLength(4);
    expect(refusalsOf(events).map(([, length, code]) => [length, code])).toEqual(
      Array(3).fill([HEX.length, "SENSING_FRAME_NOT_A_READING"]),
    );
    expect(framesOf(events)[2]?.length).toBe(inside.length);
  });

  test.each([0x00, 0x09, 0x0a, 0x0d, 0x3a, 0xff])("takes a checksum byte of %i for what it is", (byte) => {
    const block = blockEndingIn(byte);
    expect(framesOf(decode(join(GOOD, block, GOOD)))).toHaveLength(3);
  });

  test("reads the two blocks that a battery monitor sends in turn as one device", () => {
    const main = writeVeDirectBlock({ PID: "0x203", V: 12_800, I: 15, P: 1, SOC: 876, TTG: -1, "SER#": "BMV1" });
    const history = writeVeDirectBlock({ H1: -55_541, H2: -55_541, H17: 6, H18: 31 });
    const frames = framesOf(decode(join(main, history, main, history)));
    expect(frames.map(({ identity }) => identity)).toEqual(["BMV1", "BMV1", "BMV1", "BMV1"]);
    expect(readingTexts(frames[0])).toContain("battery_charge 87.6 %");
    expect(readingTexts(frames[1])).toEqual(["energy_export/battery 0.06 kW.h", "energy_import/battery 0.31 kW.h"]);
  });

  test("makes no reading of what is not available", () => {
    const [frame] = framesOf(decode(writeVeDirectBlock({ PID: "0x203", V: 12_800, T: "---", SOC: "---" })));
    expect(readingTexts(frame)).toEqual(["battery_voltage 12.8 V"]);
    expect(frame?.raw).toMatchObject({ T: null, SOC: null });
  });

  test("refuses a block with one flipped digit, and one that begins in the middle", () => {
    const flipped = GOOD.with(40, (GOOD[40] ?? 0) ^ 1);
    expect(refusalsOf(decode(join(OTHER, flipped)))).toEqual([[OTHER.length, GOOD.length, "SENSING_FRAME_CHECKSUM"]]);
    expect(refusalsOf(decode(join(GOOD.subarray(25), OTHER)))).toEqual([
      [0, GOOD.length - 25, "SENSING_FRAME_PARTIAL"],
    ]);
  });

  test("does not lose the next block when the label of a checksum is damaged", () => {
    for (const letter of [0x78, 0x3a]) {
      for (let at = 1; at <= 9; at++) {
        for (const block of [GOOD, blockEndingIn(0x0a), blockEndingIn(0x41)]) {
          const damaged = block.with(block.length - 1 - at, letter);
          expect(framesOf(decode(join(OTHER, damaged, OTHER)))).toHaveLength(2);
        }
      }
    }
  });

  test("gives up on a block that does not end, and on a HEX frame that does not end", () => {
    const endless = asciiBytes("\r\nV\t12530".repeat(1000));
    expect(refusalsOf(decode(endless))[0]).toEqual([0, 8192, "SENSING_FRAME_TOO_LONG"]);
    expect(framesOf(decode(join(asciiBytes(`:${"A".repeat(300)}`), GOOD, OTHER)))).toHaveLength(1);
  });

  testDecoderPromises({
    create: createVeDirectDecoder,
    frames: [GOOD, OTHER],
    tricks: [HEX, asciiBytes("\r\nChecksum\t"), asciiBytes(":"), blockEndingIn(0x3a), asciiBytes("\r\n")],
    falseFrames: 0,
  });
});
