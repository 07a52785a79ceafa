import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { findPortHolder } from "../transport/index.ts";
import { listPorts, locatePort } from "./list-ports.ts";
import { deviceIdentityKey, isGenericSerial, portIdentity } from "./port-identity.ts";
import type { RawPort } from "./raw-port.ts";
import { toRawPort } from "./serialport-lister.ts";
import { createSysfsLister } from "./sysfs-lister.ts";

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "ecolocal-sysfs-"));
});

afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
}

/** Lays out a USB port as the kernel does: class link → port folder → interface → device with its texts. */
async function plug(name: string, location: string, texts: Readonly<Record<string, string>>): Promise<void> {
  const usb = `sys/devices/pci0/usb1/${location.split(":")[0]}`;
  await mkdir(join(root, usb, location, name), { recursive: true });
  for (const [file, text] of Object.entries(texts)) await write(`${usb}/${file}`, `${text}\n`);
  await mkdir(join(root, "sys/class/tty", name), { recursive: true });
  await symlink(join(root, usb, location, name), join(root, "sys/class/tty", name, "device"));
  await write(`dev/${name}`, "");
}

const lister = () => createSysfsLister({ sys: join(root, "sys"), dev: join(root, "dev") });
const nobody = async () => null;

const CH340 = { idVendor: "1a86", idProduct: "7523", product: "USB2.0-Serial" };

describe("port discovery", () => {
  test("names ports as people do, hints at drivers, and knows the path that does not change", async () => {
    await plug("ttyUSB0", "1-1.4:1.0", {
      idVendor: "0403",
      idProduct: "6001",
      serial: "A6007XYZ",
      product: "P1 cable",
    });
    await mkdir(join(root, "dev/serial/by-id"), { recursive: true });
    await symlink(join(root, "dev/ttyUSB0"), join(root, "dev/serial/by-id/usb-FTDI_P1"));
    expect(await listPorts({ lister: lister(), findHolder: nobody })).toEqual([
      {
        path: join(root, "dev/ttyUSB0"),
        stablePath: join(root, "dev/serial/by-id/usb-FTDI_P1"),
        name: "P1 cable",
        usbId: "0403:6001",
        serialNumber: "A6007XYZ",
        identity: { key: "usb:0403:6001:A6007XYZ", basis: "serial" },
        likelyDrivers: expect.arrayContaining(["lines", "dsmr"]),
        access: "free",
        holder: null,
        failure: null,
      },
    ]);
  });

  test("tells two CH340 sticks without serial numbers apart by their sockets", async () => {
    await plug("ttyUSB0", "1-1:1.0", CH340);
    await plug("ttyUSB1", "1-2:1.0", CH340);
    const ports = await listPorts({ lister: lister(), findHolder: nobody });
    expect(ports.map(({ name, identity }) => [name, identity.key])).toEqual([
      ["CH340 adapter", "at:1a86:7523:1-1:1.0"],
      ["CH340 adapter", "at:1a86:7523:1-2:1.0"],
    ]);
  });

  test("does not take the name that adapters without serial numbers share for one that stays", async () => {
    await plug("ttyUSB0", "1-1:1.0", CH340);
    await plug("ttyUSB1", "1-2:1.0", CH340);
    for (const folder of ["by-id", "by-path"]) await mkdir(join(root, "dev/serial", folder), { recursive: true });
    await symlink(join(root, "dev/ttyUSB1"), join(root, "dev/serial/by-id/usb-1a86_USB_Serial-if00-port0"));
    await symlink(join(root, "dev/ttyUSB0"), join(root, "dev/serial/by-path/usb-0:1:1.0"));
    await symlink(join(root, "dev/ttyUSB1"), join(root, "dev/serial/by-path/usb-0:2:1.0"));
    const ports = await listPorts({ lister: lister(), findHolder: nobody });
    expect(ports.map(({ stablePath }) => stablePath)).toEqual([
      join(root, "dev/serial/by-path/usb-0:1:1.0"),
      join(root, "dev/serial/by-path/usb-0:2:1.0"),
    ]);
  });

  test("finds a device again after its port got another number", async () => {
    await plug("ttyUSB3", "1-2:1.0", CH340);
    expect(await locatePort("at:1a86:7523:1-2:1.0", lister())).toBe(join(root, "dev/ttyUSB3"));
    expect(await locatePort("at:1a86:7523:9-9:1.0", lister())).toBeNull();
  });

  test("leaves out the classic ports that have no hardware", async () => {
    await plug("ttyS0", "1-1:1.0", {});
    await write("sys/class/tty/ttyS0/type", "0\n");
    await mkdir(join(root, "sys/class/tty/tty1"), { recursive: true });
    expect(await listPorts({ lister: lister(), findHolder: nobody })).toEqual([]);
  });

  test("says who holds a busy port", async () => {
    await plug("ttyUSB0", "1-1:1.0", CH340);
    const [port] = await listPorts({ lister: lister(), findHolder: async () => ({ pid: 812, name: "brltty" }) });
    expect(port).toMatchObject({
      access: "busy",
      failure: { code: "SENSING_PORT_BUSY", detail: expect.stringContaining("brltty (process 812)") },
    });
  });

  test("prints the dialout command for a port that may not be opened", async () => {
    await plug("ttyUSB0", "1-1:1.0", CH340);
    const [port] = await listPorts({ lister: lister(), findHolder: nobody, isPermitted: async () => false });
    expect(port).toMatchObject({
      access: "denied",
      failure: { code: "SENSING_PORT_DENIED", hint: expect.stringContaining("sudo usermod -aG dialout $USER") },
    });
  });

  test("finds nothing, and does not fail, where there is nothing to look into", async () => {
    expect(await listPorts({ lister: lister(), findHolder: nobody })).toEqual([]);
    const broken = { list: () => Promise.reject(new TypeError("spawn udevadm ENOENT")) };
    expect(await listPorts({ lister: broken })).toEqual([]);
  });

  test("looks up the process that has a port open", async () => {
    const device = join(root, "ttyUSB0");
    await writeFile(device, "");
    await write("proc/77/comm", "modemmanager\n");
    await mkdir(join(root, "proc/77/fd"));
    await symlink(device, join(root, "proc/77/fd/5"));
    expect(await findPortHolder(device, join(root, "proc"))).toEqual({ pid: 77, name: "modemmanager" });
    expect(await findPortHolder(join(root, "other"), join(root, "proc"))).toBeNull();
  });
});

describe("port identity", () => {
  const port = (serialNumber: string | null, location: string | null): RawPort => ({
    path: "x",
    stablePath: null,
    usbId: "10c4:ea60",
    serialNumber,
    location,
    manufacturer: null,
    product: null,
  });

  test("does not trust serial numbers that many devices share", () => {
    for (const serial of ["", "0", "0001", "000000", "1234567890"]) expect(isGenericSerial(serial)).toBe(true);
    expect(isGenericSerial("A6007XYZ")).toBe(false);
    expect(portIdentity(port("0001", "1-1:1.0"), [port("0001", "1-1:1.0")]).basis).toBe("location");
  });

  test("does not trust a serial number that two present devices share", () => {
    const twins = [port("CAFE01", "1-1:1.0"), port("CAFE01", "1-2:1.0")];
    expect(portIdentity(twins[0]!, twins)).toEqual({ key: "at:10c4:ea60:1-1:1.0", basis: "location" });
  });

  test("tells the two ports of one device apart", () => {
    const both = [port("CAFE01", "1-1:1.0"), port("CAFE01", "1-1:1.1")];
    expect(both.map((each) => portIdentity(each, both).key)).toEqual([
      "usb:10c4:ea60:CAFE01:1.0",
      "usb:10c4:ea60:CAFE01:1.1",
    ]);
  });

  test("has nothing to go by without serial number and socket", () => {
    expect(portIdentity(port(null, null), [])).toEqual({ key: null, basis: "none" });
  });

  test("prefers what a device says about itself", () => {
    expect(deviceIdentityKey("sds011", "58D9")).toBe("device:sds011:58D9");
  });

  test("uses the call-out port on macOS and the instance id on Windows", () => {
    expect(toRawPort({ path: "/dev/tty.usbserial-1410", locationId: "14100000" }, "darwin")).toMatchObject({
      path: "/dev/cu.usbserial-1410",
      location: "14100000",
    });
    const windows = { path: "COM12", vendorId: "1A86", productId: "7523", pnpId: "USB\\VID_1A86&PID_7523\\5&1" };
    expect(toRawPort(windows, "win32")).toMatchObject({ usbId: "1a86:7523", location: "USB\\VID_1A86&PID_7523\\5&1" });
  });
});
