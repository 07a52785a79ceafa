import { type Co2Change, createDeviceSimulator, driverById, planCo2Change } from "@ecolocal/core/sensing";
import { createRandom } from "@ecolocal/core/shared";
import { describe, expect, test } from "vitest";
import { type ConfigureReport, configureDevice } from "../src/configure/index.ts";
import { createManualTime } from "../src/time/index.ts";
import { type AskedDevice, createAskedDevice } from "./asked-device.ts";

interface Told {
  readonly outcome: Awaited<ReturnType<typeof configureDevice>>;
  readonly line: AskedDevice;
}

async function tell(driverId: string, change: Co2Change, prepare?: (line: AskedDevice) => void): Promise<Told> {
  const time = createManualTime();
  const device = createDeviceSimulator(driverId, { random: createRandom(1) });
  const driver = driverById(driverId);
  const plan = planCo2Change(driverId, change);
  if (device === undefined || driver === undefined || !plan.ok) throw new TypeError(`${driverId} cannot be told.`);
  const line = createAskedDevice({ device, time });
  prepare?.(line);
  let done = false;
  const outcome = configureDevice(plan.value, { driver, path: "line", transport: line, scheduler: time }).finally(
    () => {
      done = true;
    },
  );
  while (!done) {
    time.advance(10);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { outcome: await outcome, line };
}

function reportOf({ outcome }: Told): ConfigureReport {
  if (!outcome.ok) throw new TypeError(outcome.error.detail);
  return outcome.value;
}

describe("telling a CO2 sensor about its baseline", () => {
  test("a SenseAir turns its automatic baseline off and on, and says so", async () => {
    const off = reportOf(await tell("senseair", { kind: "baseline", on: false }));
    expect(off).toMatchObject({
      confirmed: true,
      steps: [{ sent: "fe06001f0000ac03", answer: "fe06001f0000ac03" }, {}],
    });
    expect(reportOf(await tell("senseair", { kind: "baseline", on: true })).confirmed).toBe(true);
  });

  test("a SenseAir acknowledges a calibration, on a line that echoes too", async () => {
    for (const echoes of [false, true]) {
      const told = await tell("senseair", { kind: "calibrate", ppm: 400 }, (line) => {
        line.echoes = echoes;
      });
      expect(reportOf(told).confirmed).toBe(true);
      expect(told.line.written).toEqual(["fe06000000009dc5", "fe0600017c066cc7", "fe03000000019005"]);
    }
  });

  test("an SCD30 is told a concentration and gives it back", async () => {
    const told = await tell("scd30", { kind: "calibrate", ppm: 450 });
    expect(reportOf(told)).toMatchObject({ confirmed: true });
    expect(reportOf(told).steps.at(-1)?.answer?.slice(0, 10)).toBe("61030201c2");
  });

  test("an MH-Z19 cannot be asked whether it obeyed", async () => {
    const told = await tell("mhz19", { kind: "calibrate", ppm: 400 });
    expect(reportOf(told)).toEqual({ confirmed: null, steps: [{ sent: "ff0187000000000078", answer: null }] });
  });

  test("a device that does not answer is told three times, and nothing else after that", async () => {
    const told = await tell("scd30", { kind: "baseline", on: true }, (line) => {
      line.deaf = true;
    });
    expect(told.outcome).toMatchObject({ ok: false, error: { code: "SENSING_PORT_SILENT" } });
    expect(new Set(told.line.written).size).toBe(1);
    expect(told.line.written).toHaveLength(3);
  });
});
