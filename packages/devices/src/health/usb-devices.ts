import { readdir, readFile, readlink } from "node:fs/promises";
import { basename, join } from "node:path";

/** A USB device as the kernel sees it, whether it makes a serial port or not. */
export interface UsbDevice {
  /** `vid:pid`, lower-case. */
  readonly usbId: string;
  readonly product: string | null;
  /** Classes of its interfaces: 2 and 10 are serial lines, 3 is HID, 8 storage, 9 a hub, 255 vendor-specific. */
  readonly interfaceClasses: readonly number[];
  /** Kernel drivers that are bound to its interfaces. */
  readonly drivers: readonly string[];
  readonly hasPort: boolean;
}

const HUB = 9;

/** Lists USB devices from `/sys/bus/usb/devices` (Linux); hubs are left out. Empty on other systems. */
export async function listUsbDevices(sys = "/sys"): Promise<UsbDevice[]> {
  const root = join(sys, "bus/usb/devices");
  const names = await readdir(root).catch(() => []);
  const devices = await Promise.all(
    names.filter((name) => !name.includes(":")).map((name) => readDevice(root, name, names)),
  );
  return devices.filter(
    (device) => device !== null && !device.interfaceClasses.every((each) => each === HUB),
  ) as UsbDevice[];
}

async function readDevice(root: string, name: string, names: readonly string[]): Promise<UsbDevice | null> {
  const text = (file: string): Promise<string | null> =>
    readFile(join(root, name, file), "utf8").then(
      (content) => content.trim() || null,
      () => null,
    );
  const [vendor, product] = [await text("idVendor"), await text("idProduct")];
  if (vendor === null || product === null) return null;
  const interfaces = names.filter((other) => other.startsWith(`${name}:`));
  const facts = await Promise.all(interfaces.map((each) => readInterface(join(root, each))));
  return {
    usbId: `${vendor}:${product}`.toLowerCase(),
    product: await text("product"),
    interfaceClasses: facts.map(({ interfaceClass }) => interfaceClass),
    drivers: facts.flatMap(({ driver }) => (driver === null ? [] : [driver])),
    hasPort: facts.some(({ hasPort }) => hasPort),
  };
}

async function readInterface(folder: string) {
  const digits = await readFile(join(folder, "bInterfaceClass"), "utf8").catch(() => "ff");
  const driver = await readlink(join(folder, "driver")).then(
    (path) => basename(path),
    () => null,
  );
  const children = await readdir(folder).catch(() => []);
  // usb-serial puts ttyUSB0 right below the interface, cdc_acm puts a folder `tty` there.
  const hasPort = children.some((child) => /^tty(?:USB\d+|)$/.test(child));
  return { interfaceClass: Number.parseInt(digits, 16), driver, hasPort };
}
