import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createRandom } from "../../../shared/index.ts";
import type { DecodeEvent } from "../../decoder.ts";
import type { DecoderOptions, LineMapping } from "../../driver.ts";
import { asciiBytes } from "../../simulate/ascii.ts";
import {
  CHUNK_LENGTHS,
  decodeInChunks,
  decodeInPieces,
  decodeInRandomChunks,
  findCoverageGap,
  randomBytes,
} from "../../testing/chunking.ts";
import { framesOf, readingTexts, refusalsOf } from "../../testing/expect-events.ts";
import { createLinesDecoder } from "./decoder.ts";

// Synthetic lines, one per dialect that sketches and loggers print (Arduino plotter: label:value pairs).
const CLIMATE: readonly LineMapping[] = [
  { key: "temp", quantity: "temperature", unit: "°C" },
  { key: "rh", quantity: "humidity", unit: "%" },
];

function decode(text: string, options: DecoderOptions = {}): DecodeEvent[] {
  return decodeInChunks(createLinesDecoder(options), asciiBytes(text), 4096);
}

function rawOf(line: string): unknown {
  return framesOf(decode(`${line}\n`))[0]?.raw;
}

describe("text line decoder", () => {
  test.each([
    ["JSON", '{"temp":21.5,"rh":45.2}', { temp: 21.5, rh: 45.2 }],
    ["nested JSON", '{"bme":{"temp":21.5},"v":[1,"x",true]}', { "bme.temp": 21.5, "v.0": 1, "v.1": "x", "v.2": true }],
    ["JSON with nan", '{"temp":nan,"rh":45.2}', { temp: null, rh: 45.2 }],
    ["key=value", "temp=21.5 rh=45.2", { temp: 21.5, rh: 45.2 }],
    ["plotter with commas", "T:21.5,H:45.2", { T: 21.5, H: 45.2 }],
    ["plotter with tabs", "T:21.5\tH:45.2", { T: 21.5, H: 45.2 }],
    ["a sentence with a unit", "Temperature: 21.5 *C", { Temperature: 21.5, "Temperature:unit": "*C" }],
    ["units that touch", "temp=21.5C hum=48%", { temp: 21.5, "temp:unit": "C", hum: 48, "hum:unit": "%" }],
    ["two-word names", "Air temp: 21.5, Soil temp: 12", { "Air temp": 21.5, "Soil temp": 12 }],
    ["commas", "21.5,45.2,620", { "1": 21.5, "2": 45.2, "3": 620 }],
    ["semicolons and decimal commas", "21,5;45,2;620", { "1": 21.5, "2": 45.2, "3": 620 }],
    ["tabs", "21.5\t45.2", { "1": 21.5, "2": 45.2 }],
    ["spaces", "21.5 45.2", { "1": 21.5, "2": 45.2 }],
    ["one number", "-127.00", { "1": -127 }],
    ["no value in a cell", "21.5,nan,,3", { "1": 21.5, "2": null, "3": null, "4": 3 }],
    [
      "a number in two units",
      "Humidity: 48.20%  Temperature: 21.50 C 70.70 F",
      {
        Humidity: 48.2,
        "Humidity:unit": "%",
        Temperature: 21.5,
        "Temperature:unit": "C",
        "Temperature#2": 70.7,
        "Temperature#2:unit": "F",
      },
    ],
    ["a unit nobody knows at the end", "Count: 5 pulses, Dose: 2", { Count: 5, "Count:unit": "pulses", Dose: 2 }],
    ["a label first", "$DATA,21.5,48", { "1": "$DATA", "2": 21.5, "3": 48 }],
    ["a German date and time", "25.11.2026;08:00:00;21,5", { "1": "25.11.2026", "2": "08:00:00", "3": 21.5 }],
    ["a date first", "2026-11-25 08:00:00,21.5", { "1": "2026-11-25 08:00:00", "2": 21.5 }],
  ])("reads %s", (_, line, raw) => {
    expect(rawOf(line)).toEqual(raw);
  });

  test("makes no readings without a mapping", () => {
    const [frame] = framesOf(decode('{"temp":21.5}\n'));
    expect(frame).toMatchObject({ length: 14, readings: [], raw: { temp: 21.5 } });
  });

  test("makes readings of mapped keys only, in canonical units", () => {
    const mapping = [...CLIMATE, { key: "p", quantity: "pressure", unit: "Pa", channel: "attic" }] as const;
    const [frame] = framesOf(decode('{"temp":"21.6","rh":45.1,"p":101325,"co2":612}\n', { mapping }));
    expect(readingTexts(frame)).toEqual(["temperature 21.6 Cel", "humidity 45.1 %", "pressure/attic 1013.25 hPa"]);
    expect(frame?.raw).toMatchObject({ co2: 612 });
  });

  test("maps columns by number and by the name in the header", () => {
    const byNumber: LineMapping[] = [{ key: "2", quantity: "humidity", unit: "%" }];
    expect(readingTexts(framesOf(decode("21.5,45.2\n", { mapping: byNumber }))[0])).toEqual(["humidity 45.2 %"]);
    const withHeader = decode("temp,rh\r\n21.5,45.2\r\n", { mapping: CLIMATE });
    expect(readingTexts(framesOf(withHeader)[0])).toEqual(["temperature 21.5 Cel", "humidity 45.2 %"]);
    expect(refusalsOf(withHeader)).toEqual([[0, 9, "SENSING_FRAME_NOT_A_READING"]]);
  });

  test("remembers the header for the next time the port is opened", () => {
    const decoder = createLinesDecoder();
    decoder.push(asciiBytes("temp,rh\n21.5,45.2\n"));
    expect(decoder.header).toBe("temp,rh");
    const again = decode("22.5,44\n", { mapping: CLIMATE, header: decoder.header ?? "" });
    expect(readingTexts(framesOf(again)[0])).toEqual(["temperature 22.5 Cel", "humidity 44 %"]);
  });

  test("does not let a sentence with a comma rename the columns", () => {
    const events = decode("temp,rh\n21.5,45.2\nhello, world, again\n22.5,44\n", { mapping: CLIMATE });
    expect(readingTexts(framesOf(events)[1])).toEqual(["temperature 22.5 Cel", "humidity 44 %"]);
  });

  test("refuses to convert a unit it does not know", () => {
    const mapping: LineMapping[] = [{ key: "temp", quantity: "temperature", unit: "furlong" }];
    expect(framesOf(decode("temp=21\n", { mapping }))[0]?.readings).toEqual([]);
  });

  test("marks the fault values of a DS18B20 and values that cannot be", () => {
    const mapping: LineMapping[] = [{ key: "temp", quantity: "temperature", unit: "C" }];
    const events = framesOf(decode("temp=85.00\ntemp=-127.00\ntemp=120\n", { mapping }));
    expect(events.map((frame) => readingTexts(frame))).toEqual([
      ["temperature 85 Cel !device_error"],
      ["temperature -127 Cel !device_error !out_of_range"],
      ["temperature 120 Cel !out_of_range"],
    ]);
  });

  test("passes over boot messages, prose and log lines", () => {
    const prose =
      "ets Jun  8 2016 00:22:57\r\nrst:0x1 (POWERON_RESET),boot:0x13 (SPI)\r\n[I][sensor:0] temp=22.0 C\r\n";
    expect(refusalsOf(decode(prose))).toEqual([[0, prose.length, "SENSING_BYTES_UNRECOGNISED"]]);
  });

  test("calls a cut JSON line malformed", () => {
    expect(refusalsOf(decode('{"temp":21.5,"rh":45.\n'))).toEqual([[0, 22, "SENSING_FRAME_MALFORMED"]]);
  });

  test.each(["\n", "\r\n", "\r"])("takes lines that end in %j", (end) => {
    const events = decode(`1${end}2${end}3${end}`);
    expect(framesOf(events).map(({ offset, length }) => [offset, length])).toEqual(
      [0, 1, 2].map((i) => [i * (1 + end.length), 1 + end.length]),
    );
  });

  test("reports a line as soon as its line feed is there", () => {
    const decoder = createLinesDecoder();
    expect(decoder.push(asciiBytes("temp=21.5\r"))).toEqual([]);
    expect(decoder.push(asciiBytes("\n"))).toHaveLength(1);
  });

  test("drops a line under way after a pause, and keeps one that only lacks its line feed", () => {
    const decoder = createLinesDecoder();
    decoder.push(asciiBytes("temp=21"));
    expect(refusalsOf(decoder.reset())).toEqual([[0, 7, "SENSING_FRAME_PARTIAL"]]);
    decoder.push(asciiBytes("temp=21\r"));
    expect(framesOf(decoder.reset())).toHaveLength(1);
  });

  test("reads Latin-1 and UTF-8 degree signs alike", () => {
    const latin1 = decode("temp=21.5\u00b0C\n");
    const utf8 = decodeInChunks(createLinesDecoder(), asciiBytes("temp=21.5\u00c2\u00b0C\n"), 1);
    expect([latin1, utf8].map((events) => framesOf(events)[0]?.raw)).toEqual([
      { temp: 21.5, "temp:unit": "°C" },
      { temp: 21.5, "temp:unit": "°C" },
    ]);
  });

  test("passes over a line that is too long as a whole", () => {
    const events = decode(`${"9".repeat(5000)}\n1\n`);
    expect(refusalsOf(events)).toEqual([[0, 5001, "SENSING_FRAME_TOO_LONG"]]);
    expect(framesOf(events)).toHaveLength(1);
  });

  test("treats a key named __proto__ as a key", () => {
    const [frame] = framesOf(decode('{"__proto__":{"x":1},"constructor":2}\n'));
    expect(Object.entries(frame?.raw ?? {})).toEqual([
      ["__proto__.x", 1],
      ["constructor", 2],
    ]);
  });

  test("gives the same events however the stream is cut", async () => {
    const line = fc.oneof(
      fc.constantFrom('{"temp":21.5}', "temp,rh", "21.5,45", "T:1\tH:2", "hello", "", "{", "a=1 b=2 C"),
      fc.string({ maxLength: 20 }),
    );
    const end = fc.constantFrom("\n", "\r\n", "\r", "\r\r\n", "");
    const lengths = fc.infiniteStream(fc.integer({ min: 1, max: 40 }));
    await fc.assert(
      fc.property(fc.array(fc.tuple(line, end), { maxLength: 20 }), lengths, (lines, cuts) => {
        const stream = asciiBytes(lines.flat().join(""));
        const whole = decodeInChunks(createLinesDecoder({ mapping: CLIMATE }), stream, stream.length + 1);
        expect(findCoverageGap(whole, stream.length)).toBeNull();
        for (const length of CHUNK_LENGTHS) {
          expect(decodeInChunks(createLinesDecoder({ mapping: CLIMATE }), stream, length)).toEqual(whole);
        }
        const random = decodeInPieces(createLinesDecoder({ mapping: CLIMATE }), stream, () => cuts.next().value ?? 1);
        expect(random).toEqual(whole);
      }),
    );
  });

  test("survives a million random bytes and makes no reading of them", () => {
    const random = createRandom(20_261_125);
    const stream = randomBytes(1_000_000, random);
    const events = decodeInRandomChunks(createLinesDecoder({ mapping: CLIMATE }), stream, random);
    expect(framesOf(events).flatMap((frame) => frame.readings)).toEqual([]);
    expect(findCoverageGap(events, stream.length)).toBeNull();
  });
});
