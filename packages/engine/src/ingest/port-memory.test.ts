import type { RawPort } from "@ecolocal/devices/discovery";
import { describe, expect, it } from "vitest";
import { rememberPort } from "./port-memory.ts";

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
  it("is known by its chip, its serial number and its socket, however its path is written", async () => {
    const stablePath = "/dev/serial/by-path/usb-0:1:1.0";
    expect(await rememberPort(stablePath, lister(port({ stablePath, serialNumber: "A50285BI" })))).toEqual({
      vendorId: "1a86",
      productId: "7523",
      serialNumber: "A50285BI",
      location: "1-1:1.0",
    });
  });

  it("is nothing for ports without USB", async () => {
    expect(await rememberPort("/dev/ttyS0", lister(port({ path: "/dev/ttyS0", usbId: null })))).toBeNull();
    expect(await rememberPort("sim:sds011", lister())).toBeNull();
  });
});
