import { describe, expect, test } from "vitest";
import { asciiBytes } from "../../simulate/ascii.ts";
import { writeReadout } from "../../simulate/iec62056.ts";
import { decodeInChunks } from "../../testing/chunking.ts";
import { framesOf, readingTexts, refusalsOf } from "../../testing/expect-events.ts";
import { join, testDecoderPromises } from "../../testing/fixtures/decoder-promises.ts";
import { createIec62056Decoder } from "./decoder.ts";

// Synthetic readouts, written from IEC 62056-21:2002 §6.3 and §6.5.2.
const LINES = ["F.F(00000000)", "0.0.0(00012345)", "1.8.1(001846.0*kWh)", "2.8.0(004329.6*kWh)", "16.7.0(-0.455*kW)"];
const PUSHED = writeReadout("ECO5TEST-METER", LINES);
const CHECKED = writeReadout("ECO5TEST-METER", LINES, { checked: true });

const decode = (stream: Uint8Array) => decodeInChunks(createIec62056Decoder(), stream, 4096);
const readingsOf = (lines: readonly string[]) => readingTexts(framesOf(decode(writeReadout("ECO5X", lines)))[0]);

describe("IEC 62056-21 decoder", () => {
  test("reads a meter that pushes, its number and what it counts", () => {
    const [frame] = framesOf(decode(PUSHED));
    expect(frame).toMatchObject({ offset: 0, length: PUSHED.length, identity: "00012345" });
    expect(readingTexts(frame)).toEqual(["energy_import/t1 1846 kW.h", "energy_export 4329.6 kW.h", "power -455 W"]);
    expect(frame?.raw).toMatchObject({ identification: "ECO5TEST-METER", "1.8.1": "001846.0*kWh" });
  });

  test("checks the block check character of a meter that answers", () => {
    expect(framesOf(decode(CHECKED))).toMatchObject([{ length: CHECKED.length, identity: "00012345" }]);
    const wrong = CHECKED.with(CHECKED.length - 1, (CHECKED.at(-1) ?? 0) ^ 1);
    expect(refusalsOf(decode(wrong))).toEqual([[0, CHECKED.length, "SENSING_FRAME_CHECKSUM"]]);
  });

  test("passes over the echo of the request and of the acknowledgement, and over DEL before the start", () => {
    const echo = asciiBytes("/?!\r\n");
    const [head, rest] = [CHECKED.subarray(0, 18), CHECKED.subarray(18)];
    expect(head.at(-1)).toBe(0x02);
    const withEcho = join(head.subarray(0, 17), asciiBytes("\u0006050\r\n"), [0x02], rest);
    const events = decode(join([0x7f, 0x7f], echo, [0x7f], withEcho));
    expect(framesOf(events)).toMatchObject([{ identity: "00012345" }]);
    expect(refusalsOf(events)).toEqual([
      [0, 2, "SENSING_FRAME_PARTIAL"],
      [2, 5, "SENSING_FRAME_NOT_A_READING"],
      [7, 1, "SENSING_BYTES_UNRECOGNISED"],
    ]);
  });

  test("reads codes with and without `A-B:`, with `*255`, without dots, and several on a line", () => {
    expect(readingsOf(["1-0:1.8.0*255(000123.45*kWh)", "1-0:32.7.0*255(229.8*V)"])).toEqual([
      "energy_import 123.45 kW.h",
      "voltage/l1 229.8 V",
    ]);
    expect(readingsOf(["180(0001.5*kWh)", "281(0002*kWh)282(0003*kWh)"])).toEqual([
      "energy_import 1.5 kW.h",
      "energy_export/t1 2 kW.h",
      "energy_export/t2 3 kW.h",
    ]);
  });

  test("reads the heat meter's line", () => {
    expect(readingsOf(["6.8(0017.325*MWh)6.26(00123.45*m3)9.21(66153690)"])).toEqual([
      "heat_energy 17325 kW.h",
      "water_volume/heating 123.45 m3",
    ]);
  });

  test("keeps what was stored at the end of a month out of the readings", () => {
    expect(readingsOf(["1.8.0(000123.45*kWh)", "1.8.0*01(000100.00*kWh)", "1.6.1*03(2.5*kW)(2601011200)"])).toEqual([
      "energy_import 123.45 kW.h",
    ]);
  });

  test("takes a value without a unit in the customary one, and says so", () => {
    expect(
      readingsOf(["1-0:1.8.0*255(000001.2963)", "1-0:1.7.0*255(000001.2964)", "1-0:1.9.0*255(000001.2965)"]),
    ).toEqual(["energy_import 1.2963 kW.h !estimated", "power/import 1296.4 W !estimated"]);
  });

  test("refuses a readout without block check in which any line is damaged", () => {
    const damaged = writeReadout("ECO5X", LINES.with(2, "1.8.1(0018#46.0*kWh"));
    expect(refusalsOf(decode(damaged))).toEqual([[0, damaged.length, "SENSING_FRAME_MALFORMED"]]);
    const strange = writeReadout("ECO5X", LINES.with(2, "1.#.1(001846.0*kWh)"));
    expect(framesOf(decode(strange))).toEqual([]);
  });

  test("drops a readout that has lost its beginning", () => {
    const events = decode(join(PUSHED.subarray(1), PUSHED));
    expect(framesOf(events).map(({ offset }) => offset)).toEqual([PUSHED.length - 1]);
  });

  test("does not take a P1 telegram for a readout of its own", () => {
    expect(framesOf(decode(asciiBytes("/ECO5\\TEST\r\n\r\n1-0:1.7.0(00.100*kW)\r\n!A1B2\r\n")))).toEqual([]);
  });

  test("gives up on a readout that does not end", () => {
    const endless = asciiBytes(`/ECO5X\r\n${"1.8.0(000123.45*kWh)\r\n".repeat(500)}`);
    expect(decode(join(endless, PUSHED))[0]).toMatchObject({ code: "SENSING_FRAME_TOO_LONG", length: 8192 });
    expect(framesOf(decode(join(endless, PUSHED)))).toHaveLength(1);
  });

  testDecoderPromises({
    create: createIec62056Decoder,
    frames: [PUSHED, CHECKED],
    tricks: [asciiBytes("/?!\r\n"), asciiBytes("/ABC5\r\n"), asciiBytes("!\r\n"), asciiBytes("/ABC5\r\n!\r\n")],
    falseFrames: 0,
    neverWrong: false,
  });
});
