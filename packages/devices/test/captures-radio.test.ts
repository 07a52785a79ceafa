import type { AcceptedFrame } from "@ecolocal/core/sensing";
import { expect, test } from "vitest";
import { capturesIn, describeCaptures, eventsOf, framesOf, readValue } from "./capture-folder.ts";

interface Fix {
  readonly sentence: "GGA" | "RMC";
  readonly time: string;
  readonly date?: string;
  readonly valid?: boolean;
  readonly quality?: number;
  readonly sats?: number;
  readonly lat?: number;
  readonly lon?: number;
  readonly alt_m?: number;
  readonly speed_kn?: number;
}
interface NmeaExpected {
  readonly checksum_ok?: number;
  readonly checksum_bad?: number;
  readonly types?: Readonly<Record<string, number>>;
  readonly first_fixes?: readonly Fix[];
}
interface WeatherExpected {
  readonly lines: readonly Readonly<Record<string, number>>[];
}

function expectFix(frame: AcceptedFrame | undefined, fix: Fix): void {
  const fixed = fix.sentence === "GGA" ? (fix.quality ?? 0) > 0 : fix.valid === true;
  expect(frame?.raw["time"]).toBe(fix.time);
  if (fix.date !== undefined) expect(frame?.raw["date"]).toBe(fix.date);
  if (fix.sats !== undefined) expect(Number(frame?.raw["satellites"])).toBe(fix.sats);
  if (fix.quality !== undefined) expect(Number(frame?.raw["quality"])).toBe(fix.quality);
  if (fix.speed_kn !== undefined) expect(Number(frame?.raw["speed_kn"])).toBe(fix.speed_kn);
  if (!fixed) {
    expect(frame?.readings).toEqual([]);
    return;
  }
  if (fix.lat !== undefined) expect(readValue(frame, "latitude", "deg")).toBeCloseTo(fix.lat, 6);
  if (fix.lon !== undefined) expect(readValue(frame, "longitude", "deg")).toBeCloseTo(fix.lon, 6);
  if (fix.alt_m !== undefined) expect(readValue(frame, "altitude", "m")).toBe(fix.alt_m);
}

function describeNmea(): void {
  const logs = capturesIn<NmeaExpected>("nmea").filter(({ expected }) => expected.checksum_ok !== undefined);

  test.each(logs)("$name gives every sentence and every fix", ({ bytes, expected }) => {
    const frames = framesOf("nmea", bytes);
    expect(frames).toHaveLength(expected.checksum_ok ?? -1);
    const types: Record<string, number> = {};
    for (const { raw } of frames) types[String(raw["sentence"])] = (types[String(raw["sentence"])] ?? 0) + 1;
    expect(types).toEqual(expected.types);
    const fixes = frames.filter(({ raw }) => /(?:GGA|RMC)$/.test(String(raw["sentence"])));
    for (const [i, fix] of (expected.first_fixes ?? []).entries()) expectFix(fixes[i], fix);
  });

  test("weather_wimda.txt gives every value, whichever unit it is in", () => {
    const capture = capturesIn<WeatherExpected>("nmea").find(({ name }) => name === "weather_wimda.txt");
    const frames = framesOf("nmea", capture?.bytes ?? new Uint8Array());
    const [metric, imperial] = capture?.expected.lines ?? [];
    expect(frames).toHaveLength(3);
    expect(readValue(frames[0], "pressure", "hPa")).toBeCloseTo((metric?.["pressure_bar"] ?? 0) * 1000, 6);
    expect(readValue(frames[0], "wind_speed", "m/s")).toBeCloseTo(((metric?.["wind_kn"] ?? 0) * 1852) / 3600, 6);
    expect(readValue(frames[0], "wind_direction", "deg")).toBe(metric?.["wind_dir_true"]);
    expect(readValue(frames[1], "pressure", "hPa")).toBeCloseTo((imperial?.["pressure_inhg"] ?? 0) * 33.86389, 2);
    expect(readValue(frames[1], "wind_speed", "m/s")).toBe(imperial?.["wind_m_s"]);
    for (const [i, line] of [metric, imperial].entries()) {
      expect(readValue(frames[i], "temperature", "Cel")).toBe(line?.["air_temp_c"]);
      expect(readValue(frames[i], "water_temperature", "Cel")).toBe(line?.["water_temp_c"]);
      expect(readValue(frames[i], "humidity", "%")).toBe(line?.["humidity_pct"]);
      expect(readValue(frames[i], "dew_point", "Cel")).toBe(line?.["dew_point_c"]);
    }
    expect(frames[2]?.readings).toEqual([]);
  });
}

function describeRtl433(): void {
  test("each transmission of each device is read once", () => {
    const [capture] = capturesIn<{ values: Record<string, string | number>[] }>("rtl_433");
    const bytes = capture?.bytes ?? new Uint8Array();
    const frames = framesOf("rtl433", bytes);
    const QUANTITIES: Readonly<Record<string, readonly [string, string]>> = {
      rain_mm: ["rain", "mm"],
      temperature: ["temperature", "Cel"],
      humidity: ["humidity", "%"],
      power_W: ["power", "W"],
      current_A: ["current", "A"],
      voltage_V: ["voltage", "V"],
      energy_kWh: ["energy_import", "kW.h"],
    };
    expect(frames.map(({ identity }) => identity)).toEqual(capture?.expected.values.map(({ device }) => device));
    for (const [i, { device, ...values }] of (capture?.expected.values ?? []).entries()) {
      for (const [name, value] of Object.entries(values)) {
        const [quantity, unit] = QUANTITIES[name] ?? [];
        if (quantity === undefined || unit === undefined) expect(frames[i]?.raw[name]).toBe(value);
        else expect(readValue(frames[i], quantity, unit, String(device))).toBe(value);
      }
    }
    expect(eventsOf("rtl433", bytes).filter(({ kind }) => kind === "rejected")).toHaveLength(2);
  });
}

describeCaptures("captured NMEA sentences", describeNmea);
describeCaptures("captured rtl_433 messages", describeRtl433);
