import { describe, expect, test } from "vitest";
import { type Co2Change, type ConfigurePlan, planCo2Change } from "./index.ts";

const hex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

function plan(driverId: string, change: Co2Change): ConfigurePlan {
  const planned = planCo2Change(driverId, change);
  if (!planned.ok) throw new TypeError(planned.error.detail);
  return planned.value;
}

const requests = (driverId: string, change: Co2Change) =>
  plan(driverId, change).steps.map(({ request }) => hex(request));

describe("changes of a CO2 sensor", () => {
  test("are the bytes of the manuals", () => {
    expect(requests("mhz19", { kind: "baseline", on: true })).toEqual(["ff0179a000000000e6"]);
    expect(requests("mhz19", { kind: "baseline", on: false })).toEqual(["ff0179000000000086"]);
    expect(requests("mhz19", { kind: "calibrate", ppm: 400 })).toEqual(["ff0187000000000078"]);
    expect(requests("senseair", { kind: "baseline", on: true })[0]).toBe("fe06001f00b4ac74");
    expect(requests("senseair", { kind: "baseline", on: false })[0]).toBe("fe06001f0000ac03");
    expect(requests("senseair", { kind: "calibrate", ppm: 400 })[1]).toBe("fe0600017c066cc7");
    expect(requests("scd30", { kind: "calibrate", ppm: 450 })[0]?.slice(0, 12)).toBe("6106003901c2");
    expect(requests("scd30", { kind: "baseline", on: true })[0]?.slice(0, 12)).toBe("6106003a0001");
  });

  test("need fresh air only for a calibration", () => {
    for (const driverId of ["mhz19", "senseair", "scd30"]) {
      expect(plan(driverId, { kind: "baseline", on: false }).minutesInFreshAir).toBe(0);
      expect(plan(driverId, { kind: "calibrate", ppm: 400 }).minutesInFreshAir).toBeGreaterThan(0);
    }
  });

  test("refuse a concentration that the sensor cannot be told, and a sensor without a baseline", () => {
    for (const [driverId, ppm] of [
      ["mhz19", 420],
      ["senseair", 0],
      ["scd30", 399],
      ["scd30", 2001],
      ["scd30", 400.5],
    ] as const) {
      const refused = planCo2Change(driverId, { kind: "calibrate", ppm });
      expect([driverId, ppm, refused]).toMatchObject([driverId, ppm, { error: { code: "SENSING_CANNOT_CONFIGURE" } }]);
    }
    expect(planCo2Change("sds011", { kind: "baseline", on: true })).toMatchObject({ ok: false });
  });
});
