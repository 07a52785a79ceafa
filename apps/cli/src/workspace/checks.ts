import { access, constants, mkdir, statfs } from "node:fs/promises";
import type { PortView, SensorView, WorkspaceStatus } from "@ecolocal/core/api";
import type { Failure } from "@ecolocal/core/shared";

/** One thing the doctor looked at. */
export interface Check {
  readonly name: string;
  readonly result: "ok" | "warn" | "fail";
  readonly detail: string;
  readonly code?: string;
  readonly hint?: string;
}

const LITTLE_SPACE = 500_000_000;

const good = (name: string, detail: string): Check => ({ name, result: "ok", detail });

export function checkNode(version: string, wanted: number): Check {
  if (Number.parseInt(version, 10) >= wanted) return good("node", `Node ${version}`);
  const hint = `EcoLocal is made for Node ${wanted}; \`npm start\` brings it along.`;
  return { name: "node", result: "warn", detail: `Node ${version} is older than ${wanted}.`, hint };
}

/** Whether a folder can be written to; it is made when missing. */
export async function checkFolder(name: string, dir: string): Promise<Check> {
  try {
    await mkdir(dir, { recursive: true });
    await access(dir, constants.W_OK);
    return good(name, dir);
  } catch (error) {
    const detail = `${dir} cannot be written to (${error instanceof Error ? error.message : String(error)}).`;
    return { name, result: "fail", detail, code: "STORAGE_READ_ONLY", hint: `Give yourself write access to ${dir}.` };
  }
}

export async function checkSpace(dir: string): Promise<Check> {
  const { bavail, bsize } = await statfs(dir);
  const free = bavail * bsize;
  const detail = `${(free / 1e9).toFixed(1)} GB free`;
  if (free >= LITTLE_SPACE) return good("space", detail);
  return {
    name: "space",
    result: "warn",
    detail,
    code: "STORAGE_FULL",
    hint: "Free some space before readings are lost.",
  };
}

export function checkWorkspace(status: WorkspaceStatus): Check {
  const detail = `${status.name} in ${status.path}, ${status.counts.readings} readings`;
  if (status.mode === "read-only") {
    const code = status.readOnlyBecause ?? "STORAGE_READ_ONLY";
    return { name: "workspace", result: "fail", detail: `${detail}; it is read-only.`, code };
  }
  if (status.warning !== undefined) return { name: "workspace", result: "warn", detail, code: status.warning };
  return good("workspace", detail);
}

/** Why a sensor may not be seen: cable, permission, other programs. Who holds a busy port `checkPorts` tells. */
export async function checkDevices(): Promise<Check[]> {
  const { findDeviceProblems } = await import("@ecolocal/engine/diagnostics");
  const findings = (await findDeviceProblems()).filter(({ id }) => id !== "busy" && id !== "fine");
  return findings.map(({ level, detail, hint, code }) => ({
    name: "devices",
    // Many computers have no sensor of their own, and ports that are none of ours.
    result: level === "fail" && (code === "SENSING_PORT_MISSING" || code === "SENSING_PORT_DENIED") ? "warn" : level,
    detail,
    ...(code === null ? {} : { code }),
    ...(hint === null ? {} : { hint }),
  }));
}

export function checkPorts(ports: readonly PortView[]): Check[] {
  if (ports.length === 0) return [good("ports", "No serial port is plugged in.")];
  return ports
    .filter(({ problem }) => problem?.code !== "SENSING_PORT_DENIED")
    .map(({ path, name, problem }) =>
      problem === null ? good(`port ${path}`, name) : fromFailure(`port ${path}`, problem, "warn"),
    );
}

export function checkSensors(sensors: readonly SensorView[]): Check[] {
  return sensors.map(({ name, state, problem }) =>
    problem === null ? good(`sensor ${name}`, state) : fromFailure(`sensor ${name}`, problem, "fail"),
  );
}

/** A failure as a check that did not pass. */
export function fromFailure(
  name: string,
  { code, detail, hint }: Pick<Failure, "code" | "detail"> & { readonly hint?: string | undefined },
  result: Check["result"],
): Check {
  return { name, result, detail, code, ...(hint === undefined ? {} : { hint }) };
}
