import { describe, expect, test } from "vitest";
import { type FindDeviceContext, findDevice, type KnownDevice } from "./find-device.ts";
import type { RawPort } from "./raw-port.ts";

/** A CH340 adapter: no serial number, so that two of them look alike. */
function ch340(path: string, location: string): RawPort {
  return {
    path,
    location,
    usbId: "1a86:7523",
    serialNumber: null,
    stablePath: null,
    manufacturer: null,
    product: null,
  };
}

function ftdi(path: string, location: string, serialNumber: string): RawPort {
  return { ...ch340(path, location), usbId: "0403:6001", serialNumber };
}

function known(port: RawPort, deviceIdentity: string | null): KnownDevice {
  return { driverId: "sds011", path: port.path, port, deviceIdentity };
}

/** Devices that speak, by path; everything else is silent. */
function among(
  ports: readonly RawPort[],
  voices: Readonly<Record<string, string>> = {},
  taken: readonly string[] = [],
) {
  const heard: string[] = [];
  const context: FindDeviceContext = {
    ports,
    isTaken: (path) => taken.includes(path),
    isRefuted: () => false,
    hearIdentity: async (path) => {
      heard.push(path);
      return voices[path] ?? null;
    },
  };
  return { ...context, heard };
}

describe("finding a sensor again", () => {
  test("knows an adapter with a serial number of its own in every socket", async () => {
    const before = ftdi("/dev/ttyUSB0", "1-1:1.0", "A6007XYZ");
    const now = ftdi("/dev/ttyUSB3", "1-4:1.0", "A6007XYZ");
    const context = among([ch340("/dev/ttyUSB0", "1-1:1.0"), now]);
    expect(await findDevice(known(before, null), context)).toEqual({ kind: "found", path: now.path, by: "serial" });
    expect(context.heard).toEqual([]);
  });

  test("knows an adapter without one by its socket, whatever number the port got", async () => {
    const now = ch340("/dev/ttyUSB5", "1-2:1.0");
    const context = among([ch340("/dev/ttyUSB0", "1-3:1.0"), now]);
    expect(await findDevice(known(ch340("/dev/ttyUSB0", "1-2:1.0"), null), context)).toMatchObject({
      path: now.path,
      by: "location",
    });
  });

  test("finds a sensor that says its name in another socket, between twins, by listening", async () => {
    const context = among([ch340("/dev/ttyUSB1", "1-3:1.0"), ch340("/dev/ttyUSB2", "1-4:1.0")], {
      "/dev/ttyUSB1": "0001",
      "/dev/ttyUSB2": "58D9",
    });
    expect(await findDevice(known(ch340("/dev/ttyUSB0", "1-2:1.0"), "58D9"), context)).toEqual({
      kind: "found",
      path: "/dev/ttyUSB2",
      by: "device",
    });
  });

  test("finds it on another adapter too", async () => {
    const context = among([ch340("/dev/ttyUSB1", "1-3:1.0")], { "/dev/ttyUSB1": "58D9" });
    expect(await findDevice(known(ftdi("/dev/ttyUSB0", "1-2:1.0", "A1"), "58D9"), context)).toMatchObject({
      by: "device",
    });
  });

  test("asks rather than guesses when a nameless sensor is not where it was, even with one candidate", async () => {
    const context = among([ch340("/dev/ttyUSB1", "1-3:1.0")]);
    expect(await findDevice(known(ch340("/dev/ttyUSB0", "1-2:1.0"), null), context)).toEqual({
      kind: "ask",
      candidates: ["/dev/ttyUSB1"],
    });
    expect(context.heard).toEqual([]);
  });

  test("leaves ports alone that other sensors read, and those of other chips", async () => {
    const ports = [ch340("/dev/ttyUSB1", "1-3:1.0"), { ...ch340("/dev/ttyACM0", "1-5:1.0"), usbId: "2341:0043" }];
    const context = among(ports, {}, ["/dev/ttyUSB1"]);
    expect(await findDevice(known(ch340("/dev/ttyUSB0", "1-2:1.0"), "58D9"), context)).toEqual({ kind: "absent" });
    expect(context.heard).toEqual([]);
  });

  test("does not go back to a socket where another device introduced itself", async () => {
    const socket = ch340("/dev/ttyUSB0", "1-2:1.0");
    const context = { ...among([socket]), isRefuted: (path: string) => path === socket.path };
    expect(await findDevice(known(socket, "58D9"), context)).toEqual({ kind: "absent" });
  });

  test("takes pipes, network addresses and simulated devices by their name", async () => {
    const device = { driverId: "lines", path: "tcp://10.0.0.5:2000", port: null, deviceIdentity: null };
    expect(await findDevice(device, among([]))).toEqual({ kind: "found", path: device.path, by: "path" });
  });
});
