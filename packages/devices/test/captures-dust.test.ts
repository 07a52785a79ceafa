import { expect, test } from "vitest";
import { capturesIn, describeCaptures, eventsOf, framesOf, hexBytes, readValue, vectorsIn } from "./capture-folder.ts";

interface DustFrames {
  readonly frames: readonly {
    readonly offset: number;
    readonly length: number;
    readonly values: Readonly<Record<string, number>>;
    readonly version?: number;
    readonly error_code?: number;
  }[];
}
interface Vector {
  readonly id: string;
  readonly hex: string;
  readonly expect: string;
}

const PMS_READINGS: Readonly<Record<string, readonly [quantity: string, unit: string, channel?: string]>> = {
  pm1_0_cf1: ["pm1", "ug/m3", "cf1"],
  pm2_5_cf1: ["pm25", "ug/m3", "cf1"],
  pm10_cf1: ["pm10", "ug/m3", "cf1"],
  pm1_0: ["pm1", "ug/m3"],
  pm2_5: ["pm25", "ug/m3"],
  pm10: ["pm10", "ug/m3"],
  n_gt_0_3: ["particle_count", "1/cm3", "gt0.3um"],
  n_gt_0_5: ["particle_count", "1/cm3", "gt0.5um"],
  n_gt_1_0: ["particle_count", "1/cm3", "gt1.0um"],
  n_gt_2_5: ["particle_count", "1/cm3", "gt2.5um"],
  n_gt_5_0: ["particle_count", "1/cm3", "gt5.0um"],
  n_gt_10: ["particle_count", "1/cm3", "gt10um"],
};

function describePms(): void {
  test.each(capturesIn<DustFrames>("pms"))("$name gives every value", ({ bytes, expected }) => {
    const frames = framesOf("pms", bytes);
    expect(frames.map(({ offset, length }) => [offset, length])).toEqual(
      expected.frames.map(({ offset, length }) => [offset, length]),
    );
    expected.frames.forEach(({ values, version, error_code }, i) => {
      for (const [name, value] of Object.entries(values)) {
        const [quantity, unit, channel] = PMS_READINGS[name] ?? ["", ""];
        expect(readValue(frames[i], quantity, unit, channel)).toBeCloseTo(value, 9);
      }
      expect(frames[i]?.readings).toHaveLength(Object.keys(values).length);
      expect(frames[i]?.readings.flatMap(({ quality }) => quality)).toEqual([]);
      if (version !== undefined) expect(frames[i]?.raw).toMatchObject({ version, error: error_code });
    });
  });

  test("nothing malformed is accepted, and a frame without a measurement is marked", () => {
    for (const { id, hex, expect: verdict } of vectorsIn<Vector[]>("pms/pms_malformed.json")) {
      const frames = framesOf("pms", hexBytes(hex));
      const usable = frames.filter(({ readings }) => readings.some(({ quality }) => quality.length === 0));
      expect([id, usable]).toEqual([id, []]);
      expect([id, frames.length]).toEqual([id, verdict === "no-measurement" ? 1 : 0]);
    }
  });

  test("no command is taken for a frame", () => {
    for (const hex of Object.values(vectorsIn<Record<string, string>>("pms/pms_commands.json"))) {
      expect(framesOf("pms", hexBytes(hex))).toEqual([]);
    }
  });
}

const SPS30_READINGS: typeof PMS_READINGS = {
  pm1_0: ["pm1", "ug/m3"],
  pm2_5: ["pm25", "ug/m3"],
  pm4_0: ["pm4", "ug/m3"],
  pm10: ["pm10", "ug/m3"],
  n_0_5: ["particle_count", "1/cm3", "0.3-0.5um"],
  n_1_0: ["particle_count", "1/cm3", "0.3-1.0um"],
  n_2_5: ["particle_count", "1/cm3", "0.3-2.5um"],
  n_4_0: ["particle_count", "1/cm3", "0.3-4.0um"],
  n_10: ["particle_count", "1/cm3", "0.3-10um"],
  typical_size_um: ["typical_size", "um"],
};

function describeSps30(): void {
  test.each(capturesIn<DustFrames>("sps30"))("$name gives every value", ({ bytes, expected }) => {
    const frames = framesOf("sps30", bytes);
    expect(frames.map(({ offset, length }) => [offset, length])).toEqual(
      expected.frames.map(({ offset, length }) => [offset, length]),
    );
    for (const [i, { values }] of expected.frames.entries()) {
      for (const [name, value] of Object.entries(values)) {
        const [quantity, unit, channel] = SPS30_READINGS[name] ?? ["", ""];
        expect(readValue(frames[i], quantity, unit, channel)).toBeCloseTo(value, 3);
      }
    }
  });

  test("nothing malformed gives a usable value", () => {
    for (const { id, hex } of vectorsIn<Vector[]>("sps30/sps30_malformed.json")) {
      const usable = framesOf("sps30", hexBytes(hex)).flatMap(({ readings }) =>
        readings.filter(({ quality }) => quality.length === 0),
      );
      expect([id, usable]).toEqual([id, []]);
    }
  });

  test("commands and answers of the datasheet are intact frames without a reading, as far as their checksums are right", () => {
    const vectors = vectorsIn<Record<string, string | boolean>[]>("sps30/shdlc_datasheet_frames.json");
    for (const { id, mosi, miso, mosi_ok, miso_ok } of vectors) {
      for (const [hex, good] of [
        [mosi, mosi_ok],
        [miso, miso_ok],
      ] as const) {
        const events = eventsOf("sps30", hexBytes(String(hex)));
        const intact = events.every(
          ({ kind, ...event }) =>
            kind === "rejected" && "code" in event && event.code === "SENSING_FRAME_NOT_A_READING",
        );
        expect([id, hex, intact]).toEqual([id, hex, good]);
      }
    }
  });
}

describeCaptures("captured PMS frames", describePms);
describeCaptures("captured SPS30 frames", describeSps30);
