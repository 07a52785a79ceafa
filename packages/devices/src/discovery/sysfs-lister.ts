import { readdir, readFile, realpath } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { isGenericSerial } from "./port-identity.ts";
import type { PortLister, RawPort } from "./raw-port.ts";

const PORT_NAME = /^(?:tty(?:S|WCH|ACM|USB|AMA|MFD|O|XRUSB|mxc|THS)|rfcomm)\d+$/;
const USB_INTERFACE = /^\d+-[\d.]+:\d+\.\d+$/;

/** Where the kernel shows ports; other folders in tests. */
export interface SysfsRoots {
  readonly sys: string;
  readonly dev: string;
}

/**
 * Lists serial ports on Linux from `/sys/class/tty`, `/dev/serial/by-id` and `/dev/serial/by-path`.
 *
 * serialport's own list spawns `udevadm`, which slim containers do not have; the kernel tells the same by itself.
 */
export function createSysfsLister({ sys, dev }: SysfsRoots = { sys: "/sys", dev: "/dev" }): PortLister {
  return {
    async list() {
      const names = (await readdir(join(sys, "class/tty")).catch(() => [])).filter((name) => PORT_NAME.test(name));
      const byId = await readLinks(join(dev, "serial/by-id"));
      const byPath = await readLinks(join(dev, "serial/by-path"));
      const ports = await Promise.all(names.map((name) => readPort(name, { sys, dev }, { byId, byPath })));
      return ports.filter((port) => port !== null).sort(inPathOrder);
    },
  };
}

function inPathOrder(a: RawPort, b: RawPort): number {
  return a.path.localeCompare(b.path, "en", { numeric: true });
}

/** Names under `/dev/serial` by what they point at: by adapter, and by the socket it is in. */
interface DeviceLinks {
  readonly byId: ReadonlyMap<string, string>;
  readonly byPath: ReadonlyMap<string, string>;
}

async function readPort(name: string, { sys, dev }: SysfsRoots, links: DeviceLinks): Promise<RawPort | null> {
  const folder = join(sys, "class/tty", name);
  const device = await realpath(join(folder, "device")).catch(() => null);
  if (device === null || (await isPhantom(folder, name))) return null;
  const path = join(dev, name);
  const usb = await findUsbDevice(device, sys);
  const text = async (file: string): Promise<string | null> => (usb === null ? null : readText(join(usb.folder, file)));
  const [vendor, product, serialNumber] = [await text("idVendor"), await text("idProduct"), await text("serial")];
  const target = await realpath(path).catch(() => path);
  // Adapters without a serial number share one by-id name: it belongs to the one plugged in last.
  const isUnique = serialNumber !== null && !isGenericSerial(serialNumber);
  return {
    path,
    stablePath: (isUnique ? links.byId.get(target) : undefined) ?? links.byPath.get(target) ?? null,
    usbId: vendor !== null && product !== null ? `${vendor}:${product}`.toLowerCase() : null,
    serialNumber,
    manufacturer: await text("manufacturer"),
    product: await text("product"),
    location: usb?.location ?? null,
  };
}

/** The kernel lists four classic ports whether there are any or not; those without hardware have type 0. */
async function isPhantom(folder: string, name: string): Promise<boolean> {
  return name.startsWith("ttyS") && (await readText(join(folder, "type"))) === "0";
}

/** Walks up from a port to the USB device that makes it. */
async function findUsbDevice(
  device: string,
  sys: string,
): Promise<{ readonly folder: string; readonly location: string } | null> {
  const top = await realpath(sys).catch(() => sys);
  let location: string | null = null;
  for (let folder = device; folder.startsWith(top) && folder !== top; folder = dirname(folder)) {
    if (USB_INTERFACE.test(basename(folder))) location = basename(folder);
    if ((await readText(join(folder, "idVendor"))) !== null) return { folder, location: location ?? basename(folder) };
  }
  return null;
}

async function readLinks(folder: string): Promise<Map<string, string>> {
  const names = await readdir(folder).catch(() => []);
  const links = new Map<string, string>();
  for (const name of names.sort()) {
    const target = await realpath(join(folder, name)).catch(() => null);
    if (target !== null) links.set(target, join(folder, name));
  }
  return links;
}

async function readText(file: string): Promise<string | null> {
  const text = await readFile(file, "utf8").catch(() => "");
  return text.trim() === "" ? null : text.trim();
}
