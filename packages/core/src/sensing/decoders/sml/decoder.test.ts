import { describe, expect, test } from "vitest";
import { crc16Kermit, crc16X25 } from "../../framing/crc16-ccitt.ts";
import { asciiBytes } from "../../simulate/ascii.ts";
import { type SmlSampleEntry, writeSmlFile } from "../../simulate/sml.ts";
import { decodeInChunks } from "../../testing/chunking.ts";
import { framesOf, readingTexts, refusalsOf } from "../../testing/expect-events.ts";
import { hexBytes, join, testDecoderPromises } from "../../testing/fixtures/decoder-promises.ts";
import { createSmlDecoder } from "./decoder.ts";
import { readSmlNodes } from "./node.ts";

// Synthetic files, written from SML 1.04 (BSI TR-03109-1, Anlage IV): §6 encoding, §8 transport.
const SERVER = "0a0145434f0000bc614e";
const IMPORT: SmlSampleEntry = { obis: "0100010800ff", value: 23_536_569, width: 8, unitCode: 30, scaler: -1 };
const POWER: SmlSampleEntry = { obis: "0100100700ff", value: -622, width: 2, unitCode: 27, scaler: -2 };
const file = (entries: readonly SmlSampleEntry[], serverId = SERVER) => writeSmlFile({ serverId, entries });
const GOOD = file([{ obis: "0100603201ff", value: asciiBytes("ECO") }, IMPORT, POWER]);
const OTHER = file([
  { ...IMPORT, value: 23_536_601 },
  { ...POWER, value: 41 },
]);

const decode = (stream: Uint8Array) => decodeInChunks(createSmlDecoder(), stream, 4096);
const readingsOf = (stream: Uint8Array) => readingTexts(framesOf(decode(stream))[0]);

describe("SML decoder", () => {
  test("computes CRC-16/X-25 and CRC-16/KERMIT", () => {
    expect(crc16X25(asciiBytes("123456789"))).toBe(0x906e);
    expect(crc16Kermit(asciiBytes("123456789"))).toBe(0x2189);
  });

  test("reads energy in kWh, power in W with its sign, and who the meter is", () => {
    const [frame] = framesOf(decode(GOOD));
    expect(frame).toMatchObject({ offset: 0, length: GOOD.length, identity: SERVER });
    expect(readingTexts(frame)).toEqual(["energy_import 2353.6569 kW.h", "power -6.22 W"]);
    expect(frame?.raw).toMatchObject({
      server_id: SERVER,
      "1-0:96.50.1*255": "45434f",
      "1-0:1.8.0*255": 2_353_656.9,
      "1-0:1.8.0*255:unit": "Wh",
      crc: "x25",
    });
  });

  test("keeps tariffs, phases and the other quantities apart", () => {
    const entries: SmlSampleEntry[] = [
      { obis: "0100010801ff", value: 386_100, unitCode: 30, scaler: -1 },
      { obis: "0100020802ff", value: 17, unitCode: 30, scaler: 3 },
      { obis: "0100240700ff", value: -120, unitCode: 27, scaler: 0 },
      { obis: "0100340700ff", value: 2325, width: 2, unitCode: 35, scaler: -1 },
      { obis: "01001f0700ff", value: 106, width: 2, unitCode: 33, scaler: -2 },
      { obis: "01000e0700ff", value: 500, width: 2, unitCode: 44, scaler: -1 },
      { obis: "010051070fff", value: 312, width: 2, unitCode: 8, scaler: 0 },
    ];
    expect(readingsOf(file(entries))).toEqual([
      "energy_import/t1 38.61 kW.h",
      "energy_export/t2 17 kW.h",
      "power/l1 -120 W",
      "voltage/l2 232.5 V",
      "current/l1 1.06 A",
      "frequency 50 Hz",
    ]);
  });

  test("gives the net power of meters that print only what is drawn", () => {
    const drawn = { obis: "0100010700ff", value: 2447, unitCode: 27, scaler: -1 };
    const absolute = { ...drawn, obis: "01000f0700ff" };
    expect(readingsOf(file([drawn]))).toEqual(["power/import 244.7 W", "power 244.7 W"]);
    const old = { ...drawn, obis: "0100010701ff", value: -56_321_916, scaler: -4 };
    expect(readingsOf(file([old]))).toEqual(["power/import_t1 -5632.1916 W", "power -5632.1916 W"]);
    expect(readingsOf(file([absolute]))).toEqual(["power/absolute 244.7 W", "power 244.7 W"]);
  });

  test("reads numbers of any width, three bytes and negative ones included", () => {
    const of = (value: number, width: number) => readingsOf(file([{ ...POWER, value, width, scaler: 0 }]));
    expect(of(-70_000, 3)).toEqual(["power -70000 W"]);
    expect(of(70_000, 3)).toEqual(["power 70000 W"]);
    expect(of(-5, 1)).toEqual(["power -5 W"]);
    expect(of(-5, 8)).toEqual(["power -5 W"]);
  });

  test("corrects the power that DZG meters of two series send with a wrong sign, and leaves others alone", () => {
    const negative = { ...POWER, value: -29_912 };
    const of = (serial: number) => readingsOf(file([negative], `0a01445a47${serial.toString(16).padStart(10, "0")}`));
    expect(of(42_000_000)).toEqual(["power 356.24 W"]);
    expect(of(58_999_999)).toEqual(["power 356.24 W"]);
    expect(of(40_051_478)).toEqual(["power -299.12 W"]);
    expect(readingsOf(file([negative]))).toEqual(["power -299.12 W"]);
  });

  test("reads the files of meters that use CRC-16/KERMIT", () => {
    const kermit = writeSmlFile({ serverId: SERVER, entries: [IMPORT], crc: "kermit" });
    const [frame] = framesOf(decode(kermit));
    expect(frame?.raw["crc"]).toBe("kermit");
    expect(readingTexts(frame)).toEqual(["energy_import 2353.6569 kW.h"]);
  });

  test("undoes doubled escapes inside a value, at any position and beside the end", () => {
    const text = hexBytes("1b1b1b1b1b00001b1b1b1b");
    const escaped = file([{ obis: "0100603201ff", value: text }, IMPORT]);
    const [frame] = framesOf(decode(join(GOOD, escaped, GOOD)).slice(1));
    expect(frame?.raw["1-0:96.50.1*255"]).toBe("1b1b1b1b1b00001b1b1b1b");
    expect(readingTexts(frame)).toEqual(["energy_import 2353.6569 kW.h"]);
  });

  test("reads the time of a meter that leaves its choice tag out", () => {
    const [frame] = framesOf(decode(file([{ ...IMPORT, seconds: 1_347_075, untaggedTime: true }])));
    expect(frame?.raw["1-0:1.8.0*255:time"]).toBe(1_347_075);
    expect(frame).not.toHaveProperty("at");
  });

  test("reads the whole kilowatt-hours that a meter shows without its PIN", () => {
    expect(readingsOf(file([{ ...IMPORT, value: 168, scaler: 5, width: 4 }]))).toEqual(["energy_import 16800 kW.h"]);
  });

  test("refuses a wrong checksum and finds the file behind a cut one", () => {
    expect(refusalsOf(decode(GOOD.with(40, 0xee)))).toEqual([[0, GOOD.length, "SENSING_FRAME_CHECKSUM"]]);
    const events = decode(join(GOOD.subarray(0, 70), OTHER, GOOD));
    expect(refusalsOf(events)).toEqual([[0, 70, "SENSING_FRAME_PARTIAL"]]);
    expect(framesOf(events)).toHaveLength(2);
  });

  test("loses one file, not two, when the end of the first is damaged", () => {
    const damaged = GOOD.with(GOOD.length - 5, 0);
    expect(framesOf(decode(join(damaged, OTHER, GOOD))).map(({ offset }) => offset)).toEqual([
      GOOD.length,
      GOOD.length + OTHER.length,
    ]);
  });

  test("gives up on a file that does not end", () => {
    const endless = join(
      GOOD.subarray(0, 60),
      Array.from({ length: 9000 }, () => 0x62),
      GOOD,
    );
    const events = decode(endless);
    expect(events[0]).toMatchObject({ code: "SENSING_FRAME_TOO_LONG", length: 8192 });
    expect(framesOf(events)).toHaveLength(1);
  });

  test("does not follow lists without end", () => {
    expect(readSmlNodes(Uint8Array.from({ length: 4000 }, () => 0x71))).toBeNull();
    expect(readSmlNodes(hexBytes("ff8f"))).toBeNull();
    expect(readSmlNodes(hexBytes("6a"))).toBeNull();
  });

  testDecoderPromises({
    create: createSmlDecoder,
    frames: [GOOD, OTHER],
    tricks: [hexBytes("1b1b1b1b01010101"), hexBytes("1b1b1b1b1b1b1b1b"), hexBytes("1b1b1b1b1a000000"), hexBytes("1b")],
    falseFrames: 0,
  });
});
