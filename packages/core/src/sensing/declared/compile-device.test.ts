import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createSds011Decoder } from "../decoders/sds011/index.ts";
import type { DriverSpec } from "../driver.ts";
import { writeSds011Frame } from "../simulate/sds011.ts";
import { decodeInChunks } from "../testing/chunking.ts";
import { framesOf, readingTexts, refusalsOf } from "../testing/expect-events.ts";
import { testDecoderPromises } from "../testing/fixtures/decoder-promises.ts";
import { compileDevice } from "./compile-device.ts";

const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "latin1"));

const SDS011 = {
  format: "ecolocal-device/1",
  id: "sds011",
  title: "SDS011",
  serial: [{ baud: 9600 }],
  every_s: 1,
  frame: {
    kind: "binary",
    start: "AA",
    length: 10,
    end: "AB",
    checksum: { name: "sum8", from: 2, to: 8, at: 8 },
    types: { at: 1, reading: ["C0"], not_a_reading: ["C5"], unsupported: ["CF"] },
    identity: { at: 6, bytes: 2 },
    warming_up_when_zero: ["pm25_register", "pm10_register"],
  },
  fields: [
    { name: "command", at: 1, type: "u8", show: "hex" },
    { name: "pm25_register", at: 2, type: "u16-le", quantity: "pm25", unit: "µg/m³", scale: 0.1, saturated_from: 9999 },
    {
      name: "pm10_register",
      at: 4,
      type: "u16-le",
      quantity: "pm10",
      unit: "µg/m³",
      scale: 0.1,
      saturated_from: 19_999,
    },
    { name: "device_id", at: 6, type: "u16-be", show: "hex" },
    { name: "checksum", at: 8, type: "u8", show: "hex" },
  ],
};

const LINE = {
  format: "ecolocal-device/1",
  id: "node",
  title: "Node",
  serial: [{ baud: 9600 }],
  every_s: 10,
  frame: {
    kind: "text",
    line: "#{node:text} T={t} H={h}*{check:text}",
    checksum: { name: "xor8", after: "#", before: "*" },
    identity: "node",
  },
  fields: [
    { name: "t", quantity: "temperature", unit: "°F", invalid: [-196.6] },
    { name: "h", quantity: "humidity", unit: "%" },
  ],
};

function driver(description: unknown): DriverSpec {
  const compiled = compileDevice(description);
  if (!compiled.ok) throw new TypeError(JSON.stringify(compiled.error.problems));
  return compiled.value;
}

function problems(change: (copy: typeof SDS011) => void, base: unknown = SDS011): string[] {
  const copy = structuredClone(base) as typeof SDS011;
  change(copy);
  const compiled = compileDevice(copy);
  return compiled.ok ? [] : compiled.error.problems.map(({ path, message }) => `${path.join(".")}: ${message}`);
}

function line(text: string): string {
  const sum = [...text].reduce((total, character) => total ^ character.charCodeAt(0), 0);
  return `#${text}*${sum.toString(16).padStart(2, "0").toUpperCase()}\r\n`;
}

describe("a binary device that a file describes", () => {
  const CLEAN = writeSds011Frame({ pm25UgM3: 12.3, pm10UgM3: 20.4, deviceId: "1B2C" });
  const IDLE = writeSds011Frame({ pm25UgM3: 0, pm10UgM3: 0 });
  const FULL = writeSds011Frame({ pm25UgM3: 999.9, pm10UgM3: 1999.9 });
  const REPLY = Uint8Array.from(Buffer.from("aac506010100a16009ab", "hex"));

  test("gives the same events as the driver written by hand, whatever the bytes", async () => {
    const described = driver(SDS011);
    const part = fc.oneof(
      fc.constantFrom(CLEAN, IDLE, FULL, REPLY, REPLY.with(1, 0xcf)),
      fc.tuple(fc.constantFrom(CLEAN, FULL), fc.nat(9), fc.nat(255)).map(([frame, at, byte]) => frame.with(at, byte)),
      fc.nat(9).map((at) => CLEAN.subarray(at)),
      fc.uint8Array({ maxLength: 20 }),
    );
    await fc.assert(
      fc.property(fc.array(part, { maxLength: 20 }), fc.integer({ min: 1, max: 50 }), (parts, length) => {
        const stream = Uint8Array.from(parts.flatMap((each) => [...each]));
        const byHand = decodeInChunks(createSds011Decoder(), stream, length);
        expect(decodeInChunks(described.createDecoder(), stream, length)).toEqual(byHand);
      }),
      { numRuns: 300 },
    );
  });

  test("may say its own length and be checked by a CRC", () => {
    const described = driver({
      ...SDS011,
      frame: {
        kind: "binary",
        start: "7E 01",
        length: { at: 2, type: "u8", add: 5, max: 40 },
        checksum: { name: "crc16-modbus", from: 0, to: -2, at: -2 },
      },
      fields: [
        { name: "t", at: 3, type: "i16-be", quantity: "temperature", unit: "°C", scale: 0.01, channel: "air" },
        { name: "soil", at: 5, type: "i16-be", quantity: "temperature", unit: "°C", scale: 0.01, channel: "soil" },
      ],
    });
    // CRC-16/MODBUS of 7E 01 02 FF 38 and of 7E 01 04 08 34 FF 38, low byte first.
    const short = withCrc([0x7e, 1, 2, 0xff, 0x38]);
    const long = withCrc([0x7e, 1, 4, 0x08, 0x34, 0xff, 0x38]);
    const events = decodeInChunks(described.createDecoder(), Uint8Array.from([...short, ...long]), 3);
    expect(framesOf(events).map(readingTexts)).toEqual([
      ["temperature/air -2 Cel"],
      ["temperature/air 21 Cel", "temperature/soil -2 Cel"],
    ]);
    expect(described.frameCheck).toBe("crc");
  });

  test("becomes a driver under a name of its own, so that it replaces no other", () => {
    expect(driver(SDS011)).toMatchObject({
      id: "own:sds011",
      quantities: ["pm25", "pm10"],
      expectedIntervalMs: 1000,
      silentAfterMs: 10_000,
      serial: [{ baudRate: 9600, dataBits: 8, parity: "none", stopBits: 1 }],
    });
  });

  testDecoderPromises({
    create: () => driver(SDS011).createDecoder(),
    frames: [CLEAN, FULL],
    tricks: [REPLY],
    falseFrames: 0,
    neverWrong: false,
  });
});

describe("a text device that a file describes", () => {
  test("is read by its layout, with units, errors, identity and check", () => {
    const text = `${line("GH1 T=68 H=48.5")}${line("GH1 T=-196.6 H=nan")}noise\n#GH1 T=68 H=48.5*00\n`;
    const events = decodeInChunks(driver(LINE).createDecoder(), bytes(text), 5);
    expect(framesOf(events).map((frame) => [frame.identity, ...readingTexts(frame)])).toEqual([
      ["GH1", "temperature 20 Cel", "humidity 48.5 %"],
      ["GH1", "temperature -127 Cel !device_error !out_of_range"],
    ]);
    expect(refusalsOf(events).map(([, , code]) => code)).toEqual([
      "SENSING_BYTES_UNRECOGNISED",
      "SENSING_FRAME_CHECKSUM",
    ]);
  });

  test("takes any amount of blanks where the layout has one, and skips what it does not name", () => {
    const described = driver({
      ...LINE,
      frame: { kind: "text", line: "Temp: {t} C, {*}; hum {h} %" },
    });
    const events = decodeInChunks(described.createDecoder(), bytes("Temp:   68 C, boring, words;  hum\t50 %\r\n"), 64);
    expect(framesOf(events).map(readingTexts)).toEqual([["temperature 20 Cel", "humidity 50 %"]]);
  });

  testDecoderPromises({
    create: () => driver(LINE).createDecoder(),
    frames: [bytes(line("GH1 T=68 H=48.5")), bytes(line("GH2 T=50 H=20"))],
    tricks: [bytes("#GH1 T=68 H=\n"), bytes("#*\r")],
    falseFrames: 0,
    lossPerByte: 2,
    neverWrong: false,
  });
});

describe("a description with mistakes", () => {
  test("says every place that is wrong, and why", () => {
    expect(
      problems((copy) => {
        Object.assign(copy.fields[1] ?? {}, { unit: "hPa", at: 9 });
        Object.assign(copy.fields[2] ?? {}, { unit: undefined });
        Object.assign(copy.frame.checksum, { at: 10 });
        copy.frame.warming_up_when_zero = ["nobody"];
      }),
    ).toEqual([
      "fields.1.unit: hPa is not a unit of pm25.",
      "fields.2.unit: say the unit of pm10",
      "fields.1.at: ends behind the frame, which has 10 bytes",
      "frame.warming_up_when_zero.0: there is no field nobody",
      "frame.checksum.at: the check itself is not inside the frame",
    ]);
  });

  test("says which key does not exist and which word is not known", () => {
    const found = problems((copy) => {
      Object.assign(copy, { speed: 9600 });
      Object.assign(copy.frame.checksum, { name: "md5" });
      Object.assign(copy.fields[0] ?? {}, { type: "u64" });
    });
    expect(found).toContain(": no such key: speed");
    expect(found.some((text) => text.startsWith("frame.checksum.name: "))).toBe(true);
    expect(found.some((text) => text.startsWith("fields.0.type: "))).toBe(true);
  });

  test("says that a line layout cannot be read", () => {
    const change = (text: string) => problems((copy) => Object.assign(copy.frame, { line: text }), LINE);
    expect(change("T={t}{h}")).toEqual(["frame.line: two values stand side by side without text between them"]);
    expect(change("T={t} H={t}")).toEqual(["frame.line: a name occurs twice"]);
    expect(change("nothing")).toEqual(["frame.line: it names no value; write {name} where a number stands"]);
    expect(change("T={t}")).toContain("fields.1.name: the line has no place {h}");
  });

  test("asks for the kind of frame when it is neither text nor binary", () => {
    expect(problems((copy) => Object.assign(copy.frame, { kind: "magic" }))).toEqual([
      "frame.kind: either `text` or `binary`",
    ]);
  });

  test("never throws, whatever it is given", async () => {
    await fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(compileDevice(value).ok).toBe(false);
      }),
    );
  });
});

function withCrc(body: readonly number[]): number[] {
  let crc = 0xffff;
  for (const byte of body) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc & 1) === 1 ? (crc >>> 1) ^ 0xa001 : crc >>> 1;
  }
  return [...body, crc & 0xff, crc >> 8];
}
