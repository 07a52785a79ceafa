import { describe, expect, test } from "vitest";
import { asciiBytes } from "../../simulate/ascii.ts";
import { writeDegrees, writeSentence } from "../../simulate/nmea.ts";
import { decodeInChunks } from "../../testing/chunking.ts";
import { framesOf, readingTexts, refusalsOf } from "../../testing/expect-events.ts";
import { hexBytes, join, testDecoderPromises } from "../../testing/fixtures/decoder-promises.ts";
import { createNmeaDecoder } from "./decoder.ts";

// Synthetic sentences, written from NMEA 0183 v4.11.
const RMC = writeSentence("GPRMC,091530.25,A,5218.0000,N,00454.0000,W,0.05,,251126,,,A");
const GGA = writeSentence("GNGGA,091530.00,5218.0690,S,00454.1234,E,1,08,1.1,12.5,M,46.9,M,,");

const decode = (stream: Uint8Array) => decodeInChunks(createNmeaDecoder(), stream, 4096);
const frameOf = (body: string) => framesOf(decode(writeSentence(body)))[0];
const readingsOf = (body: string) => readingTexts(frameOf(body));

describe("NMEA decoder", () => {
  test("reads position, altitude and the time of a receiver with a fix", () => {
    const frames = framesOf(decode(join(RMC, GGA)));
    expect(frames.map(readingTexts)).toEqual([
      ["latitude 52.3 deg", "longitude -4.9 deg"],
      ["latitude -52.30115 deg", "longitude 4.9020567 deg", "altitude 12.5 m"],
    ]);
    expect(frames[0]?.at).toBe(Date.UTC(2026, 10, 25, 9, 15, 30, 250));
    expect(frames[1]?.raw).toMatchObject({ sentence: "GNGGA", quality: "1", satellites: "08" });
  });

  test("gives no position and no time without a fix, whatever the sentence says", () => {
    for (const body of [
      "GPRMC,091530.00,V,5218.0000,N,00454.0000,E,0.05,,251126,,,N",
      "GPRMC,091530.00,A,5218.0000,N,00454.0000,E,0.05,,251126,,,N",
      "GPGGA,091530.00,5218.0690,N,00454.1234,E,0,00,,12.5,M,46.9,M,,",
      "GPGGA,091530.00,,,,,0,00,,,M,,M,,",
      "GPGLL,5218.0000,N,00454.0000,E,091530.00,V",
    ]) {
      expect(frameOf(body)).toMatchObject({ readings: [] });
      expect(frameOf(body)).not.toHaveProperty("at");
    }
  });

  test.each(["220899", "161206", "2208-1", "110706", "251199"])(
    "does not believe the date %s of a week rollover",
    (date) => {
      const frame = frameOf(`GPRMC,091530.00,A,5218.0000,N,00454.0000,E,0.05,,${date},,,A`);
      expect(frame).not.toHaveProperty("at");
      expect(frame?.raw["date"]).toBe(date);
      expect(frame?.readings.map(({ quantity }) => quantity)).toEqual(["latitude", "longitude"]);
    },
  );

  test("marks the position of a receiver whose clock cannot be right", () => {
    expect(readingsOf("GPRMC,091530.00,A,5218.0000,N,00454.0000,E,0.05,,220899,,,A")[0]).toBe(
      "latitude 52.3 deg !clock_suspect",
    );
  });

  test("reads the weather of WIMDA in canonical units, from whichever unit is there", () => {
    expect(readingsOf("WIMDA,,I,+1.013,B,+03.1,C,+5.6,C,40.0,3.0,+3.4,C,90.0,T,85.0,M,10.0,N,,M")).toEqual([
      "pressure 1013 hPa",
      "temperature 3.1 Cel",
      "water_temperature 5.6 Cel",
      "humidity 40 %",
      "dew_point 3.4 Cel",
      "wind_direction 90 deg",
      "wind_speed 5.14444444444 m/s",
    ]);
    expect(readingsOf("WIMDA,29.92,I,,B,,C,,C,,,,C,,T,,M,,N,5.0,M")).toEqual([
      "pressure 1013.2075888 hPa",
      "wind_speed 5 m/s",
    ]);
    expect(readingsOf("WIMDA,,I,,B,,C,,C,,,,C,,T,,M,,N,,M")).toEqual([]);
  });

  test("reads wind and transducers, and keeps a direction relative to the station apart", () => {
    expect(readingsOf("WIMWV,214.8,R,0.1,K,A")).toEqual([
      "wind_direction/relative 214.8 deg",
      "wind_speed/relative 0.0277777777778 m/s",
    ]);
    expect(readingsOf("WIMWV,214.8,T,12,M,A")).toEqual(["wind_direction 214.8 deg", "wind_speed 12 m/s"]);
    expect(readingsOf("WIMWV,214.8,T,12,M,V")).toEqual([]);
    expect(readingsOf("WIXDR,C,22.1,C,AIRTEMP,P,1.0132,B,BARO,H,55.1,P,,A,3,D,ROLL")).toEqual([
      "temperature/AIRTEMP 22.1 Cel",
      "pressure/BARO 1013.2 hPa",
      "humidity 55.1 %",
    ]);
    expect(readingsOf("YXMTW,17.75,C")).toEqual(["water_temperature 17.75 Cel"]);
  });

  test("takes other sentences for signs of life without readings", () => {
    expect(frameOf("GPGSV,1,1,01,05,33,077,34")).toMatchObject({ readings: [], raw: { sentence: "GPGSV", "1": "1" } });
    expect(frameOf("PSRFTXTVersion GSW3.2.2")).toMatchObject({ readings: [] });
    expect(frameOf("PGRME,15.0,M,45.0,M,25.0,M")).toMatchObject({ readings: [] });
  });

  test("refuses a wrong checksum, none at all, and a line in which two sentences were glued together", () => {
    const text = String.fromCharCode(...GGA);
    expect(refusalsOf(decode(asciiBytes(text.replace("12.5", "12.6"))))).toEqual([
      [0, GGA.length, "SENSING_FRAME_CHECKSUM"],
    ]);
    expect(refusalsOf(decode(asciiBytes("$GPGGA,1,2\r\n")))).toEqual([[0, 12, "SENSING_FRAME_MALFORMED"]]);
    const glued = join(GGA.subarray(0, 20), RMC);
    expect(refusalsOf(decode(join(glued, GGA)))).toEqual([[0, glued.length, "SENSING_FRAME_CHECKSUM"]]);
  });

  test("finds sentences between UBX and SiRF binary on the same port, and none in the binary", () => {
    const ubx = hexBytes("b562010520002452420a0d00ff24474700");
    const sirf = hexBytes("a0a200121c24414200ff13b0b3");
    const events = decode(join(ubx, RMC, sirf, ubx, GGA, sirf));
    expect(framesOf(events).map(({ raw }) => raw["sentence"])).toEqual(["GPRMC", "GNGGA"]);
  });

  test("gives up on a sentence that does not end", () => {
    const endless = asciiBytes(`$GPGSV,${"1,".repeat(300)}`);
    expect(refusalsOf(decode(join(endless, RMC)))[0]).toEqual([0, 512, "SENSING_FRAME_TOO_LONG"]);
    expect(framesOf(decode(join(endless, RMC)))).toHaveLength(1);
  });

  test("writes degrees as receivers do", () => {
    expect([writeDegrees(52.3, 2), writeDegrees(-4.05, 3)]).toEqual(["5218.0000", "00403.0000"]);
  });

  testDecoderPromises({
    create: createNmeaDecoder,
    frames: [RMC, GGA],
    tricks: [asciiBytes("$GP"), asciiBytes("$GPGGA*00\r"), asciiBytes("$GPGGA*"), writeSentence("WIMDA,,I")],
    falseFrames: 2,
  });
});
