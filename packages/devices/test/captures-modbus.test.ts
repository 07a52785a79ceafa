import { type AcceptedFrame, driverById } from "@ecolocal/core/sensing";
import { expect, test } from "vitest";
import { describeCaptures, framesOf, hexBytes, readValue, vectorsIn } from "./capture-folder.ts";

interface Vector {
  readonly id: string;
  readonly hex: string;
  readonly value?: number;
  readonly values?: Readonly<Record<string, number>>;
  readonly expect?: string;
}

const DRIVER_IDS = ["modbus-meter", "senseair", "scd30"] as const;

function describeModbus(): void {
  const vectors = new Map(vectorsIn<Vector[]>("modbus-rtu/frames.json").map((vector) => [vector.id, vector]));
  const bytesOf = (id: string): Uint8Array => hexBytes(vectors.get(id)?.hex ?? "");

  test("the voltage of an SDM meter is read, when its request is known and when it is on the line", () => {
    const decoder = driverById("modbus-meter")?.createDecoder();
    decoder?.sent?.(bytesOf("sdm_voltage_request"));
    const [frame] = decoder?.push(bytesOf("sdm_voltage")) ?? [];
    expect(readValue(frame as AcceptedFrame, "voltage", "V")).toBe(vectors.get("sdm_voltage")?.value);
    const heard = Buffer.concat([bytesOf("sdm_voltage_request"), bytesOf("sdm_voltage")]);
    expect(readValue(framesOf("modbus-meter", heard)[0], "voltage", "V")).toBe(230.2);
    expect(readValue(framesOf("modbus-meter", bytesOf("sdm_voltage"))[0], "voltage", "V")).toBe(230.2);
  });

  test("the CO2 of an S8 is read, alone and with its status", () => {
    for (const id of ["s8_co2", "s8_status_co2"]) {
      expect(readValue(framesOf("senseair", bytesOf(id))[0], "co2", "[ppm]")).toBe(vectors.get(id)?.value);
    }
  });

  test("the three values of an SCD30 are read", () => {
    const [frame] = framesOf("scd30", bytesOf("scd30_read"));
    const expected = vectors.get("scd30_read")?.values;
    expect(readValue(frame, "co2", "[ppm]")).toBeCloseTo(expected?.["co2_ppm"] ?? 0, 3);
    expect(readValue(frame, "temperature", "Cel")).toBeCloseTo(expected?.["temperature_c"] ?? 0, 3);
    expect(readValue(frame, "humidity", "%")).toBeCloseTo(expected?.["humidity_pct"] ?? 0, 3);
  });

  test("no request, no answer to a command and no exception is taken for a reading", () => {
    const silent = [...vectors.keys()].filter((id) => /request|abc|bgcal|start|exception|spec_read/.test(id));
    expect(silent.length).toBeGreaterThan(8);
    for (const id of silent) {
      for (const driver of DRIVER_IDS) expect([id, framesOf(driver, bytesOf(id))]).toEqual([id, []]);
    }
  });

  test("nothing malformed gives a value", () => {
    for (const { id, hex } of vectorsIn<Vector[]>("modbus-rtu/malformed.json")) {
      for (const driver of DRIVER_IDS) {
        const readings = framesOf(driver, hexBytes(hex)).flatMap((frame) => frame.readings);
        expect([id, readings]).toEqual([id, []]);
      }
    }
  });
}

describeCaptures("captured Modbus messages", describeModbus);
