import { access, constants } from "node:fs/promises";
import { DRIVERS } from "@ecolocal/core/sensing";
import { findPortHolder, openFailure, type PortHolder, type TransportFailure } from "../transport/index.ts";
import { type PortIdentity, portIdentity } from "./port-identity.ts";
import type { PortLister, RawPort } from "./raw-port.ts";
import { serialportLister } from "./serialport-lister.ts";
import { createSysfsLister } from "./sysfs-lister.ts";
import { chipName } from "./usb-chip.ts";

/** A serial port with everything that can be said without talking to it. */
export interface PortInfo {
  readonly path: string;
  readonly stablePath: string | null;
  /** What a person would call it: `CH340 adapter`, `Arduino Uno`. */
  readonly name: string;
  /** `vid:pid`, lower-case; `null` for ports that are not USB. */
  readonly usbId: string | null;
  readonly serialNumber: string | null;
  readonly identity: PortIdentity;
  /** Ids of drivers for which this chip is usual; a hint, never proof. */
  readonly likelyDrivers: readonly string[];
  /** `denied` and `busy` come with a failure that says what to do. */
  readonly access: "free" | "busy" | "denied";
  readonly holder: PortHolder | null;
  readonly failure: TransportFailure | null;
}

export interface ListPortsOptions {
  /** The operating system's own by default. */
  readonly lister?: PortLister;
  readonly findHolder?: (path: string) => Promise<PortHolder | null>;
  /** Tells whether this user may open a port; asks the file system by default. */
  readonly isPermitted?: (path: string) => Promise<boolean>;
}

/** Lists the serial ports there are, with names, hints and who holds them. Opens none of them and never fails. */
export async function listPorts(options: ListPortsOptions = {}): Promise<PortInfo[]> {
  const { lister = systemLister() } = options;
  const ports = await lister.list().catch(() => []);
  return Promise.all(ports.map((port) => describePort(port, ports, options)));
}

/** Finds the present path of a port by its identity key (`PortIdentity.key`); `null` while it is not plugged in. */
export async function locatePort(identityKey: string, lister: PortLister = systemLister()): Promise<string | null> {
  const ports = await lister.list().catch(() => []);
  return ports.find((port) => portIdentity(port, ports).key === identityKey)?.path ?? null;
}

/** How this operating system lists ports. */
export function systemLister(): PortLister {
  return process.platform === "linux" ? createSysfsLister() : serialportLister;
}

async function describePort(
  port: RawPort,
  all: readonly RawPort[],
  { findHolder = findPortHolder, isPermitted = mayOpen }: ListPortsOptions,
): Promise<PortInfo> {
  const { path, stablePath, usbId, serialNumber } = port;
  const permitted = await isPermitted(path);
  const holder = await findHolder(path);
  const state = accessOf(permitted, holder);
  return {
    path,
    stablePath,
    name: portName(port),
    usbId,
    serialNumber,
    identity: portIdentity(port, all),
    likelyDrivers: likelyDrivers(usbId),
    access: state,
    holder,
    failure: failureOf(state, path, holder),
  };
}

/** On Windows the only way to know is to open the port. */
async function mayOpen(path: string): Promise<boolean> {
  if (process.platform === "win32") return true;
  return access(path, constants.R_OK | constants.W_OK).then(
    () => true,
    () => false,
  );
}

function accessOf(permitted: boolean, holder: PortHolder | null): PortInfo["access"] {
  if (!permitted) return "denied";
  return holder === null ? "free" : "busy";
}

function failureOf(state: PortInfo["access"], path: string, holder: PortHolder | null): TransportFailure | null {
  if (state === "free") return null;
  const code = state === "denied" ? "SENSING_PORT_DENIED" : "SENSING_PORT_BUSY";
  return openFailure(code, path, "", holder);
}

function likelyDrivers(usbId: string | null): string[] {
  return usbId === null ? [] : DRIVERS.filter(({ usbHints }) => usbHints.includes(usbId)).map(({ id }) => id);
}

/** The product name where it says something; chips that call themselves `USB Serial` are named by us. */
function portName({ usbId, product, manufacturer }: RawPort): string {
  const isTelling = product !== null && !/^usb[ 0-9.-]*(?:to)?[ -]*(?:uart|serial)|^ft\d|^cp\d/i.test(product);
  if (isTelling)
    return manufacturer === null || product.includes(manufacturer) ? product : `${manufacturer} ${product}`;
  const chip = usbId === null ? null : chipName(usbId);
  return chip ?? product ?? (usbId === null ? "serial port" : "USB serial device");
}
