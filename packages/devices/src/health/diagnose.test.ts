import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { PortInfo } from "../discovery/index.ts";
import { openFailure } from "../transport/index.ts";
import { type DeviceFacts, diagnoseDevices, readFacts } from "./diagnose.ts";
import { UDEV_RULES } from "./udev-rules.ts";
import { listUsbDevices, type UsbDevice } from "./usb-devices.ts";

const ch340: UsbDevice = {
  usbId: "1a86:7523",
  product: "USB Serial",
  interfaceClasses: [255],
  drivers: ["ch341"],
  hasPort: true,
};
const port: PortInfo = {
  path: "/dev/ttyUSB0",
  stablePath: null,
  name: "CH340 adapter",
  usbId: "1a86:7523",
  serialNumber: null,
  identity: { key: null, basis: "none" },
  likelyDrivers: [],
  access: "free",
  holder: null,
  failure: null,
};

function diagnose(change: Partial<DeviceFacts>): (readonly [string, string])[] {
  const facts = {
    platform: "linux",
    ports: [port],
    usb: [ch340],
    programs: new Set<string>(),
    inContainer: false,
    hasUdevRules: false,
    ...change,
  } as const;
  return diagnoseDevices(facts).map(({ id, hint, detail }) => [id, `${detail} ${hint ?? ""}`]);
}

describe("why can't I see my sensor", () => {
  test("says that all is well when a port can be used", () => {
    expect(diagnose({})).toEqual([["fine", expect.stringContaining("/dev/ttyUSB0 (CH340 adapter)")]]);
  });

  test("suspects the cable when the computer sees nothing at all", () => {
    expect(diagnose({ ports: [], usb: [] })).toEqual([["no-usb", expect.stringContaining("another cable")]]);
  });

  test("prints the command when this user may not open a port, and the program when one is busy", () => {
    const denied = { ...port, access: "denied", failure: openFailure("SENSING_PORT_DENIED", port.path, "") } as const;
    expect(diagnose({ ports: [denied] })).toEqual([["denied", expect.stringContaining("usermod -aG dialout")]]);
    expect(diagnose({ ports: [denied] })[0]?.[1]).toContain(
      "ecolocal doctor --udev-rules | sudo tee /etc/udev/rules.d/60-ecolocal-sensors.rules && sudo udevadm control",
    );
    const facts = {
      platform: "linux",
      usb: [],
      programs: new Set<string>(),
      inContainer: false,
      hasUdevRules: true,
    } as const;
    expect(diagnoseDevices({ ...facts, ports: [denied] })[0]?.command).toBe("sudo usermod -aG dialout $USER");
    const withRules = diagnose({ ports: [denied], hasUdevRules: true })[0]?.[1];
    expect(withRules).toContain("usermod -aG dialout");
    expect(withRules).not.toContain("udevadm");
    const holder = { pid: 812, name: "cutecom" };
    const busy = { ...port, access: "busy", failure: openFailure("SENSING_PORT_BUSY", port.path, "", holder) } as const;
    expect(diagnose({ ports: [busy] })).toEqual([["busy", expect.stringContaining("cutecom (process 812)")]]);
  });

  test("knows brltty that steals adapters, and a kernel without the driver", () => {
    const stolen = { ...ch340, hasPort: false, drivers: [] };
    expect(diagnose({ ports: [], usb: [stolen], programs: new Set(["brltty"]) })[0]).toEqual([
      "brltty",
      expect.stringContaining("apt remove brltty"),
    ]);
    expect(diagnose({ ports: [], usb: [stolen] })[0]).toEqual([
      "no-kernel-driver",
      expect.stringContaining("modprobe ch341"),
    ]);
    expect(diagnose({ programs: new Set(["brltty"]) })).toEqual([["brltty", expect.any(String)]]);
  });

  test("warns of ModemManager where there is a board that it would talk to", () => {
    const board = { ...port, path: "/dev/ttyACM0", usbId: "2341:0043" };
    expect(diagnose({ ports: [board], programs: new Set(["ModemManager"]) })).toEqual([
      ["modem-manager", expect.stringContaining("udev")],
    ]);
    expect(diagnose({ programs: new Set(["ModemManager"]) })[0]?.[0]).toBe("fine");
    const settled = { ports: [board], programs: new Set(["ModemManager"]), hasUdevRules: true };
    expect(diagnose(settled)[0]?.[0]).toBe("fine");
  });

  test("tells devices that are no serial devices from those that are", () => {
    const co2mini = {
      usbId: "04d9:a052",
      product: "USB-zyTemp",
      interfaceClasses: [3],
      drivers: ["usbhid"],
      hasPort: false,
    };
    expect(diagnose({ usb: [ch340, co2mini] })).toEqual([["not-serial", expect.stringContaining("no serial device")]]);
    const keyboard = { ...co2mini, usbId: "046d:c31c" };
    expect(diagnose({ usb: [ch340, keyboard] })[0]?.[0]).toBe("fine");
  });

  test("tells how a container gets its port", () => {
    expect(diagnose({ ports: [], inContainer: true })[0]).toEqual(["container", expect.stringContaining("devices:")]);
  });

  test("reads this computer without failing", async () => {
    expect(diagnoseDevices(await readFacts()).length).toBeGreaterThan(0);
  });
});

describe("the udev rules", () => {
  test("that ship as a file are those that the doctor prints", async () => {
    expect(await readFile(new URL("../../udev/60-ecolocal-sensors.rules", import.meta.url), "utf8")).toBe(UDEV_RULES);
  });

  test("cover every adapter that discovery knows by its number", async () => {
    const known = await readFile(new URL("../discovery/usb-chip.ts", import.meta.url), "utf8");
    for (const [, vendor, product] of known.matchAll(/"([0-9a-f]{4}):([0-9a-f]{4})"/g)) {
      const line = UDEV_RULES.split("\n").find((rule) => rule.includes(`"${vendor}"`) && rule.includes(`${product}`));
      expect(line, `${vendor}:${product}`).toBeDefined();
    }
  });
});

describe("USB devices as the kernel sees them", () => {
  test("are listed with what drives them and whether they make a port; hubs are left out", async () => {
    const sys = await mkdtemp(join(tmpdir(), "ecolocal-usb-"));
    const plug = async (name: string, files: Readonly<Record<string, string>>): Promise<void> => {
      await mkdir(join(sys, "bus/usb/devices", name), { recursive: true });
      for (const [file, text] of Object.entries(files))
        await writeFile(join(sys, "bus/usb/devices", name, file), `${text}\n`);
    };
    await plug("1-1", { idVendor: "1A86", idProduct: "7523", product: "USB Serial" });
    await plug("1-1:1.0", { bInterfaceClass: "ff" });
    await mkdir(join(sys, "bus/usb/devices/1-1:1.0/ttyUSB0"));
    await mkdir(join(sys, "drivers/ch341"), { recursive: true });
    await symlink(join(sys, "drivers/ch341"), join(sys, "bus/usb/devices/1-1:1.0/driver"));
    await plug("usb1", { idVendor: "1d6b", idProduct: "0002" });
    await plug("usb1:1.0", { bInterfaceClass: "09" });
    const listed = await listUsbDevices(sys);
    await rm(sys, { recursive: true });
    expect(listed).toEqual([
      { usbId: "1a86:7523", product: "USB Serial", interfaceClasses: [255], drivers: ["ch341"], hasPort: true },
    ]);
    expect(await listUsbDevices(join(sys, "gone"))).toEqual([]);
  });
});
