import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { PortView, SensorView, WorkspaceStatus } from "@ecolocal/core/api";
import { type Instant, instantToIso } from "@ecolocal/core/shared";
import { createRedactor, type PrivateFacts } from "./privacy.ts";
import { type ArchiveEntry, writeTar } from "./tar.ts";

/** What goes into an archive for a report; `null` where the workspace could not be opened. */
export interface BundleInput {
  readonly at: Instant;
  readonly version: string;
  /** The checks of the doctor, as it prints them. */
  readonly checks: readonly unknown[];
  readonly status: WorkspaceStatus | null;
  readonly sensors: readonly SensorView[];
  readonly ports: readonly PortView[];
  /** Folder of the logs. */
  readonly logDir: string;
  readonly privacy: Omit<PrivateFacts, "names">;
}

const LOG_TAIL_BYTES = 300_000;

const README = `A diagnostics archive of EcoLocal. It holds what the doctor found, versions, the state of ports and sensors, and the
end of the logs. Readings, names, places, addresses and keys are left out. Look through it before you send it.
`;

/** Packs a diagnostics archive (tar, gzip) without personal data or secrets. */
export async function buildBundle(input: BundleInput): Promise<Uint8Array> {
  const { status, sensors } = input;
  const names = [
    ...(status ? [status.name, status.path] : []),
    ...sensors.flatMap(({ name, place, identity, port }) => [name, place, identity ?? "", ownerOf(port)]),
    ...input.ports.map(({ path }) => ownerOf(path)),
  ];
  const redact = createRedactor({ ...input.privacy, names });
  const json = (name: string, value: unknown): ArchiveEntry => ({
    name,
    text: redact(`${JSON.stringify(value, null, 2)}\n`),
  });
  const entries: ArchiveEntry[] = [
    { name: "README.txt", text: README },
    json("system.json", systemFacts(input)),
    json("checks.json", input.checks),
    json("workspace.json", status && workspaceFacts(status)),
    json("sensors.json", sensors.map(sensorFacts)),
    json("ports.json", input.ports.map(portFacts)),
    ...(await readLogs(input.logDir)).map(({ name, text }) => ({ name: `logs/${name}`, text: redact(text) })),
  ];
  return gzipSync(writeTar(entries, input.at));
}

/** The other computer, or the posting device, that a port stands for; empty for ports of this computer. */
function ownerOf(port: string): string {
  if (port.startsWith("push:")) return port.slice("push:".length);
  return port.includes("://") ? (URL.parse(port)?.hostname ?? "") : "";
}

function systemFacts({ at, version }: BundleInput) {
  const { platform, arch, versions } = process;
  return { at: instantToIso(at), ecolocal: version, node: versions.node, sqlite: versions["sqlite"], platform, arch };
}

function workspaceFacts({ mode, counts, owner, readOnlyBecause, warning }: WorkspaceStatus) {
  return { mode, counts, owner: owner && { role: owner.role }, readOnlyBecause, warning };
}

/** Neither name nor place nor the device's own identity. */
function sensorFacts(sensor: SensorView) {
  const { id, driverId, port, state, problem, counters, freshness, storeIntervalMs, channels } = sensor;
  const quantities = channels.map(({ quantity }) => quantity);
  return { id, driverId, port, state, problem, counters, freshness, storeIntervalMs, quantities };
}

function portFacts({ path, name, usb, access, busyBy, likelyDrivers, problem }: PortView) {
  const { vendorId, productId, serialNumber } = usb ?? { vendorId: null, productId: null, serialNumber: null };
  return {
    path,
    name,
    usbId: usb && `${vendorId}:${productId}`,
    hasSerial: serialNumber !== null,
    access,
    busyBy,
    likelyDrivers,
    problem,
  };
}

async function readLogs(dir: string): Promise<ArchiveEntry[]> {
  const names = (await readdir(dir).catch(() => [])).filter((name) => /^[a-z]+(?:\.\d)?\.log$/.test(name)).sort();
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(dir, name), "utf8").catch(() => "");
      const tail = text.slice(-LOG_TAIL_BYTES);
      return { name, text: tail.length < text.length ? tail.slice(tail.indexOf("\n") + 1) : tail };
    }),
  );
}
