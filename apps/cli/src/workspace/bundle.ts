import { writeFile } from "node:fs/promises";
import { homedir, hostname, userInfo } from "node:os";
import type { PortView, SensorView, WorkspaceStatus } from "@ecolocal/core/api";
import { CliFailure } from "../failure/cli-failure.ts";
import type { Check } from "./checks.ts";

/** What the doctor saw of a workspace. */
export interface Seen {
  readonly status: WorkspaceStatus;
  readonly ports: readonly PortView[];
  readonly sensors: readonly SensorView[];
}

/** Writes the archive for a report; without a workspace it holds what can be said without one. */
export async function writeBundle(
  file: string,
  {
    checks,
    seen,
    version,
  }: { readonly checks: readonly Check[]; readonly seen: Seen | null; readonly version: string },
): Promise<void> {
  const { buildBundle } = await import("@ecolocal/engine/diagnostics");
  const { logFolder } = await import("@ecolocal/engine/log");
  const packed = await buildBundle({
    at: Date.now(),
    version,
    checks,
    status: seen?.status ?? null,
    sensors: seen?.sensors ?? [],
    ports: seen?.ports ?? [],
    logDir: logFolder(),
    privacy: { home: homedir(), user: userInfo().username, host: hostname() },
  });
  try {
    await writeFile(file, packed, { mode: 0o600 });
  } catch (error) {
    throw new CliFailure({
      code: "EXPORT_FILE_REFUSED",
      op: "doctor",
      subject: file,
      detail: `${file} could not be written: ${error instanceof Error ? error.message : String(error)}`,
      retry: "after-change",
    });
  }
}
