import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createRandom } from "../../../shared/index.ts";
import type { DecodeEvent } from "../../decoder.ts";
import { AIRROHR_HEADER, writeAirrohrHeader, writeAirrohrRow } from "../../simulate/airrohr.ts";
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
import { createAirrohrDecoder } from "./decoder.ts";

// Synthetic output, written from the format of send_csv() and of the posts in airrohr-firmware.ino.
const SAMPLE = {
  millisSinceBoot: 145_012,
  pm25UgM3: 6.25,
  pm10UgM3: 11.43,
  temperatureCelsius: 21.5,
  humidityPercent: 52.9,
  pressureHpa: 1003.25,
  samples: 535_701,
};
const HEADER = writeAirrohrHeader();
const ROW = writeAirrohrRow(SAMPLE);
const ROW_READINGS = [
  "pm10 11.43 ug/m3",
  "pm25 6.25 ug/m3",
  "temperature 21.5 Cel",
  "pressure 1003.25 hPa",
  "humidity 52.9 %",
];

function join(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

function decode(stream: Uint8Array, header?: string): DecodeEvent[] {
  return decodeInChunks(createAirrohrDecoder(header === undefined ? {} : { header }), stream, 4096);
}

function post(values: Readonly<Record<string, string>>): string {
  const sensordatavalues = Object.entries(values).map(([value_type, value]) => ({ value_type, value }));
  return `${JSON.stringify({ software_version: "NRZ-2020-133", sensordatavalues })}\r\n`;
}

describe("airRohr decoder", () => {
  test("reads P1 as PM10 and P2 as PM2.5, and the pressure in hPa", () => {
    const events = decode(join(HEADER, ROW));
    expect(readingTexts(framesOf(events)[0])).toEqual(ROW_READINGS);
    expect(framesOf(events)[0]?.raw).toMatchObject({ Timestamp_ms: 145_012, SDS_P1: 11.43, signal: -61 });
    expect(refusalsOf(events)).toEqual([[0, HEADER.length, "SENSING_FRAME_NOT_A_READING"]]);
  });

  test("never takes milliseconds since boot for a time of day", () => {
    expect(framesOf(decode(join(HEADER, ROW)))[0]).not.toHaveProperty("at");
  });

  test("keeps rows without a header, but makes no readings of them", () => {
    const [frame] = framesOf(decode(ROW));
    expect(frame).toMatchObject({ readings: [], raw: { "1": 145_012, "2": 11.43, "3": 6.25 } });
  });

  test("reads rows without a header by the header of an earlier time", () => {
    expect(readingTexts(framesOf(decode(ROW, AIRROHR_HEADER))[0])).toEqual(ROW_READINGS);
  });

  test("refuses a row with another number of cells than the header", () => {
    expect(refusalsOf(decode(asciiBytes("145012;11.43;6.25\r\n"), AIRROHR_HEADER))).toEqual([
      [0, 19, "SENSING_FRAME_MALFORMED"],
    ]);
  });

  test("passes over the prose between rows", () => {
    const prose = asciiBytes("PM10:  11.43\r\nHumidity : 52.90%\r\nConnecting to api; please wait\r\n");
    const events = decode(join(HEADER, prose, ROW));
    expect(framesOf(events)).toHaveLength(1);
    expect(refusalsOf(events)[1]?.[2]).toBe("SENSING_BYTES_UNRECOGNISED");
  });

  test("makes no reading of empty and unavailable cells", () => {
    const row = asciiBytes("290020;;nan;unavailable;100325.00;52.90;1;2;3;4;5\r\n");
    expect(readingTexts(framesOf(decode(row, AIRROHR_HEADER))[0])).toEqual(["pressure 1003.25 hPa", "humidity 52.9 %"]);
  });

  test("marks a saturated dust sensor", () => {
    const row = writeAirrohrRow({ ...SAMPLE, pm25UgM3: 999.9, pm10UgM3: 1999.9 });
    const [frame] = framesOf(decode(row, AIRROHR_HEADER));
    expect(readingTexts(frame).slice(0, 2)).toEqual(["pm10 1999.9 ug/m3 !saturated", "pm25 999.9 ug/m3 !saturated"]);
  });

  test("tells two thermometers of one node apart", () => {
    const stream = asciiBytes("Timestamp_ms;temperature;BME280_temperature\r\n145012;21.5;22.5\r\n");
    expect(readingTexts(framesOf(decode(stream))[0])).toEqual(["temperature 21.5 Cel", "temperature/bme280 22.5 Cel"]);
  });

  test("does not take the particle counts of a PPD42 for µg/m³", () => {
    const stream = asciiBytes("Timestamp_ms;durP1;ratioP1;P1;durP2;ratioP2;P2\r\n145012;1;2;330.5;4;5;120.1\r\n");
    expect(framesOf(decode(stream))[0]?.readings).toEqual([]);
  });

  test("reports a measurement once although the debug log shows it in three posts", () => {
    const cycle = { samples: "535701", min_micro: "101", max_micro: "32678" };
    const log = [
      post({ P1: "11.43", P2: "6.25", ...cycle }),
      post({ temperature: "26.50", humidity: "52.90", ...cycle }),
      post({ SDS_P1: "11.43", SDS_P2: "6.25", temperature: "26.50", humidity: "52.90", ...cycle }),
      post({ P1: "11.43", P2: "6.25", ...cycle, samples: "535999" }),
    ].join("");
    expect(framesOf(decode(asciiBytes(log))).map(readingTexts)).toEqual([
      ["pm10 11.43 ug/m3", "pm25 6.25 ug/m3"],
      ["temperature 26.5 Cel", "humidity 52.9 %"],
      [],
      ["pm10 11.43 ug/m3", "pm25 6.25 ug/m3"],
    ]);
  });

  test("lets the node's settings, which hold a Wi-Fi password, go nowhere", () => {
    const settings = asciiBytes('{"SOFTWARE_VERSION":"NRZ-2020-133","wlanpwd":"secret"}\r\n');
    expect(decode(settings)).toEqual([
      { kind: "rejected", offset: 0, length: settings.length, code: "SENSING_FRAME_NOT_A_READING" },
    ]);
  });

  test("gives the same events however the stream is cut", async () => {
    const parts = fc.array(
      fc.oneof(
        fc.constantFrom(HEADER, ROW, asciiBytes("prose\r\n"), asciiBytes("\r\n"), asciiBytes(post({ P1: "1" }))),
        fc.uint8Array({ maxLength: 20 }),
      ),
      { maxLength: 15 },
    );
    const lengths = fc.infiniteStream(fc.integer({ min: 1, max: 90 }));
    await fc.assert(
      fc.property(parts, lengths, (pieces, cuts) => {
        const stream = join(...pieces);
        const whole = decode(stream);
        expect(findCoverageGap(whole, stream.length)).toBeNull();
        for (const length of CHUNK_LENGTHS) {
          expect(decodeInChunks(createAirrohrDecoder(), stream, length)).toEqual(whole);
        }
        expect(decodeInPieces(createAirrohrDecoder(), stream, () => cuts.next().value ?? 1)).toEqual(whole);
      }),
    );
  });

  test("accepts nothing from a million random bytes", () => {
    const random = createRandom(7);
    const stream = randomBytes(1_000_000, random);
    const events = decodeInRandomChunks(createAirrohrDecoder(), stream, random);
    expect(framesOf(events)).toEqual([]);
    expect(findCoverageGap(events, stream.length)).toBeNull();
  });
});
