import { appendFileSync, mkdirSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { type Clock, type Failure, instantToIso } from "@ecolocal/core/shared";
import type { EngineLog } from "./engine-log.ts";
import { withoutSecrets } from "./redact.ts";

export interface FileLogOptions {
  /** Folder of the logs; made when missing, for this user only. */
  readonly dir: string;
  /** Name of the program: `agent`, `app`, `cli`. */
  readonly program: string;
  /** The same in every line of one run, and in what the run reports elsewhere. */
  readonly correlationId: string;
  readonly clock: Clock;
  /** Least level that is written. Default `info`. */
  readonly level?: Level;
  /** Size at which a file is put aside. Default 2 MB. */
  readonly maxBytes?: number;
  /** Files that are kept beside the one in use. Default 4. */
  readonly keep?: number;
}

export type Level = Parameters<EngineLog["write"]>[0];

export interface FileLog extends EngineLog {
  readonly file: string;
  /** Set when the log cannot be written, once; what the program does goes on. */
  readonly problem: () => Failure<"STORAGE_FAILED"> | null;
}

const LEVELS: readonly Level[] = ["debug", "info", "warn", "error"];
const MAX_BYTES = 2_000_000;
const KEEP = 4;
const MAX_LINE = 8000;

/**
 * Writes one JSON line per event: `{"at","level","program","run","message",…fields}`; the newest file is
 * `<program>.log`, older ones `<program>.1.log` and so on.
 *
 * Lines are written at once: what led to a crash is on the disk. Fields that are named like secrets are left out.
 */
export function createFileLog(options: FileLogOptions): FileLog {
  const { dir, program, correlationId, clock, level = "info", maxBytes = MAX_BYTES, keep = KEEP } = options;
  const file = join(dir, `${program}.log`);
  let problem: Failure<"STORAGE_FAILED"> | null = null;
  let size = openFolder(dir, file);
  return {
    file,
    problem: () => problem,
    write(lineLevel, message, fields = {}) {
      if (LEVELS.indexOf(lineLevel) < LEVELS.indexOf(level)) return;
      const entry = { at: instantToIso(clock.now()), level: lineLevel, program, run: correlationId, message };
      const line = `${JSON.stringify({ ...entry, ...withoutSecrets(fields) }).slice(0, MAX_LINE)}\n`;
      try {
        if (size + line.length > maxBytes) {
          rotate(dir, program, keep);
          size = 0;
        }
        appendFileSync(file, line, { mode: 0o600 });
        size += Buffer.byteLength(line);
        problem = null;
      } catch (error) {
        problem = unwritable(file, error);
      }
    },
  };
}

/** Makes the folder and tells how long the present file is. */
function openFolder(dir: string, file: string): number {
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  } catch {
    return 0;
  }
}

function rotate(dir: string, program: string, keep: number): void {
  const name = (i: number): string => join(dir, i === 0 ? `${program}.log` : `${program}.${i}.log`);
  rmSync(name(keep), { force: true });
  for (let i = keep - 1; i >= 0; i--) {
    if (statSync(name(i), { throwIfNoEntry: false })) renameSync(name(i), name(i + 1));
  }
}

function unwritable(file: string, error: unknown): Failure<"STORAGE_FAILED"> {
  return {
    code: "STORAGE_FAILED",
    op: "write log",
    subject: file,
    detail: `The log cannot be written: ${error instanceof Error ? error.message : String(error)}.`,
    hint: "Make room or give yourself write access to the folder.",
    retry: "backoff",
  };
}
