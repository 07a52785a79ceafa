import { describe, expect, test } from "vitest";
import { createDriverSession } from "./open-driver.ts";

const CLOCK = { now: () => 0 };

describe("session by driver name", () => {
  test("makes a session for a driver we have", () => {
    const made = createDriverSession({ driverId: "sds011", path: "/dev/ttyUSB0", clock: CLOCK });
    expect(made).toMatchObject({ ok: true, value: { state: { name: "idle" } } });
  });

  test("refuses a driver nobody has", () => {
    expect(createDriverSession({ driverId: "sds999", path: "/dev/ttyUSB0", clock: CLOCK })).toMatchObject({
      error: { code: "SENSING_DRIVER_UNKNOWN", subject: "sds999" },
    });
  });

  test("refuses a column whose unit cannot become the quantity", () => {
    const decoderOptions = { mapping: [{ key: "temp", quantity: "temperature", unit: "hPa" }] } as const;
    expect(
      createDriverSession({ driverId: "lines", path: "/dev/ttyUSB0", clock: CLOCK, decoderOptions }),
    ).toMatchObject({
      error: { code: "SENSING_MAPPING_INVALID", subject: "temp" },
    });
  });
});
