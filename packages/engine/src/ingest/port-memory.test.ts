import type { RawPort } from "@ecolocal/devices/discovery";
import { describe, expect, it } from "vitest";
import { findRememberedPort, rememberPort } from "./port-memory.ts";

const port = (change: Partial<RawPort>): RawPort => ({
  path: "/dev/ttyUSB0",
  stablePath: null,
  manufacturer: null,
  product: null,
  usbId: "1a86:7523",
  serialNumber: null,
  location: "1-1:1.0",
  ...change,
});
const lister = (...ports: RawPort[]) => ({ list: async () => ports });

describe("a remembered port", () => {
  it("is found under another number by its serial number, wherever it is plugged in", async () => {
    const first = port({ serialNumber: "A50285BI" });
    const remembered = await rememberPort("/dev/ttyUSB0", lister(first));
    expect(remembered).toMatchObject({ vendorId: "1a86", productId: "7523", serialNumber: "A50285BI" });
    const moved = port({ path: "/dev/ttyUSB3", serialNumber: "A50285BI", location: "1-4:1.0" });
    const other = port({ serialNumber: "OTHER123" });
    expect(await findRememberedPort("/dev/ttyUSB0", remembered ?? never(), lister(other, moved))).toBe("/dev/ttyUSB3");
  });

  it("without a serial number is the socket it was plugged into, and another device on its old number is not it", async () => {
    const remembered = await rememberPort("/dev/ttyUSB0", lister(port({})));
    const elsewhere = port({ location: "1-2:1.0" });
    expect(await findRememberedPort("/dev/ttyUSB0", remembered ?? never(), lister(elsewhere))).toBeNull();
    const back = port({ path: "/dev/ttyUSB1" });
    expect(await findRememberedPort("/dev/ttyUSB0", remembered ?? never(), lister(elsewhere, back))).toBe(
      "/dev/ttyUSB1",
    );
  });

  it("is nothing for ports without USB", async () => {
    expect(await rememberPort("/dev/ttyS0", lister(port({ path: "/dev/ttyS0", usbId: null })))).toBeNull();
    expect(await rememberPort("sim:sds011", lister())).toBeNull();
  });
});

function never(): never {
  throw new TypeError("The port was not remembered.");
}
