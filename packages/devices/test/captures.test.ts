import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { AcceptedFrame } from "@ecolocal/core/sensing";
import { describe, expect, test } from "vitest";
import { CAPTURES, capturesIn, describeCaptures, framesOf } from "./capture-folder.ts";

/** The parts of the captures' expected files that are compared here. */
interface Expected {
  readonly expect?: string;
  readonly crc_ok?: boolean | null;
  readonly crc_ok_telegrams?: number;
  readonly frames?: readonly {
    offset: number;
    cmd: string;
    device_id?: string;
    values?: { pm2_5: number; pm10: number };
  }[];
  readonly objects?: readonly { obis: string; values: readonly { raw?: string; value?: string; unit?: string }[] }[];
  readonly summary?: { readonly [key: string]: unknown };
  readonly rows?: number;
  readonly measurements?: Readonly<Record<string, number>>;
}

const capturesOf = (folder: string) =>
  capturesIn<Expected>(folder).map(({ name, bytes, expected }) => [name, bytes, expected] as const);

function readingOf(frame: AcceptedFrame | undefined, quantity: string, channel?: string): number | undefined {
  return frame?.readings.find((reading) => reading.quantity === quantity && reading.channel === channel)?.value;
}

function describeReal(): void {
  describe("SDS011", () => {
    test("every captured frame gives its values and the sensor's id", () => {
      for (const [, bytes, expected] of capturesOf("sds011")) {
        const reports = (expected.frames ?? []).filter(({ cmd }) => cmd === "C0");
        const frames = framesOf("sds011", bytes);
        expect(
          frames.map((frame) => [frame.offset, frame.identity, readingOf(frame, "pm25"), readingOf(frame, "pm10")]),
        ).toEqual(reports.map(({ offset, device_id, values }) => [offset, device_id, values?.pm2_5, values?.pm10]));
      }
    });

    test("every malformed frame is refused, and one without a measurement is marked", () => {
      const vectors = JSON.parse(readFileSync(join(CAPTURES, "sds011/sds011_malformed.json"), "utf8")) as {
        hex: string;
        expect: string;
      }[];
      for (const { hex, expect: verdict } of vectors) {
        const frames = framesOf("sds011", Uint8Array.from(Buffer.from(hex, "hex")));
        const usable = frames.filter((frame) => frame.readings.every(({ quality }) => quality.length === 0));
        expect(usable).toEqual([]);
        expect(frames).toHaveLength(verdict === "no-measurement" ? 1 : 0);
      }
    });
  });

  describe("P1 telegrams", () => {
    test.each(capturesOf("dsmr"))("%s", (_, bytes, expected) => {
      const frames = framesOf("dsmr", bytes);
      const refused = expected.crc_ok === false || expected.expect?.startsWith("reject") === true;
      expect(frames).toHaveLength(refused ? 0 : 1);
      const [frame] = frames;
      if (frame === undefined) return;
      expectObjects(frame, expected.objects ?? []);
      expectSummary(frame, expected.summary ?? {});
    });
  });

  describe("airRohr", () => {
    test("every row of the USB CSV is read, P1 as PM10 and P2 as PM2.5", () => {
      const bytes = readFileSync(join(CAPTURES, "serial-lines/airrohr_usb_csv.txt"));
      const frames = framesOf("airrohr", bytes);
      expect(frames).toHaveLength(3);
      for (const frame of frames) {
        expect(readingOf(frame, "pm10")).toBe(frame.raw["SDS_P1"]);
        expect(readingOf(frame, "pm25")).toBe(frame.raw["SDS_P2"]);
      }
    });

    test("the debug log gives its measurement once", () => {
      const frames = framesOf("airrohr", readFileSync(join(CAPTURES, "serial-lines/airrohr_debug_log_2016.txt")));
      expect(frames.flatMap(({ readings }) => readings.map(({ quantity, value }) => [quantity, value]))).toEqual([
        ["pm10", 11.43],
        ["pm25", 6.25],
        ["temperature", 26.5],
        ["humidity", 52.9],
      ]);
    });
  });

  test("lines of every style are read, boot noise and cut JSON are not", () => {
    const frames = framesOf("lines", readFileSync(join(CAPTURES, "serial-lines/arduino_mixed_styles.txt")));
    // Two of JSON, two of the plotter, one key=value, one CSV, one CSV with decimal commas.
    expect(frames).toHaveLength(7);
    expect(frames.at(-1)?.raw).toEqual({ "1": 21.9, "2": 44.8, "3": 620 });
  });
}

const SUMMARY_REGISTERS: Readonly<Record<string, readonly [quantity: string, channel?: string]>> = {
  energy_import_t1: ["energy_import", "t1"],
  energy_import_t2: ["energy_import", "t2"],
  energy_export_t1: ["energy_export", "t1"],
  energy_export_t2: ["energy_export", "t2"],
  energy_import_total: ["energy_import"],
  energy_export_total: ["energy_export"],
  power_import: ["power", "import"],
  power_export: ["power", "export"],
  current_l1: ["current", "l1"],
};
const FACTORS: Readonly<Record<string, number>> = { Wh: 0.001, kWh: 1, W: 1, kW: 1000, A: 1, m3: 1, GJ: 1000 / 3.6 };
const MBUS_QUANTITIES: Readonly<Record<number, string>> = { 3: "gas_volume", 4: "heat_energy", 7: "water_volume" };

interface MbusSummary {
  readonly device_type: number;
  readonly value?: number;
  readonly unit?: string | null;
  readonly captured_utc?: string;
}

function expectObjects(frame: AcceptedFrame, objects: NonNullable<Expected["objects"]>): void {
  for (const { obis, values } of objects) {
    const printed = values.map(({ raw, value, unit }) => raw ?? `${value}*${unit}`);
    expect(frame.raw[obis]).toBe(printed.length === 1 ? printed[0] : printed.map((text) => `(${text})`).join(""));
  }
}

function expectSummary(frame: AcceptedFrame, summary: Readonly<Record<string, unknown>>): void {
  for (const [name, [quantity, channel]] of Object.entries(SUMMARY_REGISTERS)) {
    const expected = summary[name] as { value: number; unit: string } | undefined;
    if (expected === undefined) continue;
    expect(readingOf(frame, quantity, channel)).toBeCloseTo(expected.value * (FACTORS[expected.unit] ?? Number.NaN), 6);
  }
  const meterTime = summary["meter_time_utc"];
  if (typeof meterTime === "string") expect(frame.at).toBe(Date.parse(meterTime));
  const meters = Object.values((summary["mbus"] ?? {}) as Record<string, MbusSummary>);
  for (const { device_type, value, unit, captured_utc } of meters) {
    if (value === undefined || !unit) continue;
    const reading = frame.readings.find(({ quantity }) => quantity === MBUS_QUANTITIES[device_type]);
    expect(reading?.value).toBeCloseTo(value * (FACTORS[unit] ?? Number.NaN), 6);
    if (captured_utc !== undefined) expect(reading?.at).toBe(Date.parse(captured_utc));
  }
}

describeCaptures("captured bytes of real devices", describeReal);
