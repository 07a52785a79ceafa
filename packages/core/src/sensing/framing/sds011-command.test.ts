import { describe, expect, test } from "vitest";
import { hexBytes, join } from "../testing/fixtures/decoder-promises.ts";
import {
  findSds011Reply,
  readSds011Command,
  SDS011_PERIOD,
  SDS011_WORK,
  writeSds011Command,
  writeSds011Reply,
} from "./sds011-command.ts";

// Written from Nova's Laser Dust Sensor Control Protocol V1.3: commands 6 and 8 to any sensor, and what they answer.
const SET_PERIOD_1 = hexBytes("aab408010100000000000000000000ffff08ab");
const REPLY_PERIOD_1 = hexBytes("aac508010100a1600bab");

describe("SDS011 commands", () => {
  test("are written as the protocol says", () => {
    expect(writeSds011Command({ command: SDS011_PERIOD, sets: true, value: 1 })).toEqual(SET_PERIOD_1);
    const sleep = writeSds011Command({ command: SDS011_WORK, sets: true, value: 0 });
    expect(sleep).toEqual(hexBytes("aab406010000000000000000000000ffff05ab"));
    expect(writeSds011Reply({ command: SDS011_PERIOD, sets: true, value: 1 }, "A160")).toEqual(REPLY_PERIOD_1);
  });

  test("are read back, and refused when damaged", () => {
    expect(readSds011Command(SET_PERIOD_1)).toEqual({ command: SDS011_PERIOD, sets: true, value: 1 });
    expect(readSds011Command(SET_PERIOD_1.with(4, 2))).toBeNull();
    expect(readSds011Command(REPLY_PERIOD_1)).toBeNull();
  });

  test("are answered somewhere between other bytes, the last answer counting", () => {
    const earlier = writeSds011Reply({ command: SDS011_PERIOD, sets: false, value: 5 }, "A160");
    const found = { command: SDS011_PERIOD, sets: true, value: 1 };
    expect(findSds011Reply(join([0xaa, 0xc5], earlier, REPLY_PERIOD_1, [0xaa]))).toEqual(found);
    expect(findSds011Reply(REPLY_PERIOD_1.with(8, 0))).toBeNull();
    expect(findSds011Reply(REPLY_PERIOD_1.subarray(1))).toBeNull();
  });
});
