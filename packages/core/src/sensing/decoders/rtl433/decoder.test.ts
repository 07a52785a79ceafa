import { describe, expect, test } from "vitest";
import { asciiBytes } from "../../simulate/ascii.ts";
import { writeRtl433Line } from "../../simulate/rtl433.ts";
import { decodeInChunks } from "../../testing/chunking.ts";
import { framesOf, readingTexts, refusalsOf } from "../../testing/expect-events.ts";
import { join, testDecoderPromises } from "../../testing/fixtures/decoder-promises.ts";
import { createRtl433Decoder } from "./decoder.ts";
import { readMessageTime } from "./repeats.ts";

// Synthetic messages, written from rtl_433's docs/DATA_FORMAT.md.
const WEATHER = { model: "Test-WH", id: 208, channel: 1, battery_ok: 1, temperature_C: 31.8, humidity: 50 };
const line = (message: Record<string, string | number>, time = "2026-11-25T09:15:30Z") =>
  writeRtl433Line({ time, ...message });
const decode = (stream: Uint8Array) => decodeInChunks(createRtl433Decoder(), stream, 4096);
const readingsOf = (message: Record<string, string | number>) =>
  framesOf(decode(line({ model: "M", ...message }))).flatMap(readingTexts);

describe("rtl_433 decoder", () => {
  test("reads values by the unit in their key, for the device that sent them", () => {
    const [frame] = framesOf(decode(line(WEATHER)));
    expect(frame).toMatchObject({ identity: "Test-WH/208/1", at: Date.UTC(2026, 10, 25, 9, 15, 30) });
    expect(readingTexts(frame)).toEqual(["temperature/Test-WH/208/1 31.8 Cel", "humidity/Test-WH/208/1 50 %"]);
    expect(frame?.raw).toMatchObject({ model: "Test-WH", battery_ok: 1 });
  });

  test("converts units, and tells probes and gusts apart", () => {
    expect(readingsOf({ temperature_F: 68, temperature_2_C: 4.5, humidity_2: 71 })).toEqual([
      "temperature/M 20 Cel",
      "temperature/M/2 4.5 Cel",
      "humidity/M/2 71 %",
    ]);
    expect(readingsOf({ wind_avg_km_h: 36, wind_max_m_s: 15, wind_dir_deg: 270, pm2_5_ug_m3: 12 })).toEqual([
      "wind_speed/M 10 m/s",
      "wind_speed/M/gust 15 m/s",
      "wind_direction/M 270 deg",
      "pm25/M 12 ug/m3",
    ]);
    expect(readingsOf({ power_W: 1210, current_A: 5.3, voltage_V: 229.5, energy_kWh: 12.34 })).toEqual([
      "power/M 1210 W",
      "current/M 5.3 A",
      "voltage/M 229.5 V",
      "energy_import/M 12.34 kW.h",
    ]);
  });

  test("counts a transmission once, however often it is sent within two seconds", () => {
    const at = (seconds: string) => line({ ...WEATHER, rssi: Number(seconds) }, `2026-11-25T09:15:${seconds}Z`);
    const events = decode(join(at("30"), at("30"), at("31"), at("32"), at("40")));
    expect(framesOf(events)).toHaveLength(2);
    expect(refusalsOf(events).map(([, , code]) => code)).toEqual(Array(3).fill("SENSING_FRAME_NOT_A_READING"));
  });

  test("counts other devices and other values within two seconds", () => {
    const events = decode(
      join(line(WEATHER), line({ ...WEATHER, id: 209 }), line({ ...WEATHER, humidity: 51 }), line(WEATHER)),
    );
    expect(framesOf(events)).toHaveLength(4);
  });

  test("takes `@0.14s` for a place in a recording and local time for nobody's", () => {
    expect(readMessageTime("@0.145080s")).toEqual({ seconds: 0.14508, at: null });
    expect(readMessageTime("2026-11-25 09:15:30")).toEqual({
      seconds: Date.UTC(2026, 10, 25, 9, 15, 30) / 1000,
      at: null,
    });
    expect(readMessageTime("2026-11-25T09:15:30.5+0100").at).toBe(Date.UTC(2026, 10, 25, 8, 15, 30, 500));
    const events = decode(join(line(WEATHER, "@0.14s"), line(WEATHER, "@0.15s"), line(WEATHER, "@60.2s")));
    expect(framesOf(events)).toHaveLength(2);
    expect(framesOf(events)[0]).not.toHaveProperty("at");
  });

  test("does not take tyres, doorbells and alarms for weather", () => {
    const tyre = line({ model: "Schrader", type: "TPMS", id: "1", pressure_kPa: 230, temperature_C: 31 });
    const bell = line({ model: "Honeywell-Doorbell", id: 1, temperature_C: 20 });
    expect(refusalsOf(decode(join(tyre, bell))).map(([, , code]) => code)).toEqual(
      Array(2).fill("SENSING_FRAME_NOT_A_READING"),
    );
    expect(readingsOf({ pressure_kPa: 230, pressure_PSI: 33 })).toEqual([]);
  });

  test("gives the rain since the last message, because gauges count up", () => {
    const totals = [120.4, 120.4, 121.2, 0.4].map((rain, i) =>
      line({ model: "R", rain_mm: rain }, `2026-11-25T09:1${i}:00Z`),
    );
    expect(framesOf(decode(join(...totals))).map(readingTexts)).toEqual([
      [],
      ["rain/R 0 mm"],
      ["rain/R 0.8 mm"],
      ["rain/R 0.4 mm"],
    ]);
    expect(framesOf(decode(line({ model: "R", rain_mm: 0 }))).map(readingTexts)).toEqual([["rain/R 0 mm"]]);
  });

  test("passes over prose, other JSON and cut lines, each for its reason", () => {
    const stream = join(
      asciiBytes("Tuned to 433.920MHz.\n"),
      asciiBytes('{"stats":1}\n'),
      line(WEATHER).subarray(0, 40),
      [0x0a],
    );
    expect(refusalsOf(decode(stream)).map(([, , code]) => code)).toEqual([
      "SENSING_BYTES_UNRECOGNISED",
      "SENSING_FRAME_NOT_A_READING",
      "SENSING_FRAME_MALFORMED",
    ]);
  });

  test("remembers no more devices than it can hear", () => {
    const many = Array.from({ length: 1200 }, (_, i) => line({ ...WEATHER, id: i }));
    expect(framesOf(decode(join(...many)))).toHaveLength(1200);
  });

  testDecoderPromises({
    create: createRtl433Decoder,
    frames: Array.from({ length: 1 }, () => asciiBytes('{"model":"Test-WH","id":208,"temperature_C":31.8}\n')),
    tricks: [asciiBytes("{"), asciiBytes("\r"), asciiBytes("{}\n"), line(WEATHER), line({ model: "R", rain_mm: 3 })],
    falseFrames: 0,
    lossPerByte: 2,
    neverWrong: false,
  });
});
