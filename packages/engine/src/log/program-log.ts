import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { resolveDirectories } from "../config/index.ts";
import { createFileLog, type FileLog, type Level } from "./file-log.ts";

/** Where the programs of EcoLocal keep their logs on this computer. */
export function logFolder(): string {
  return join(resolveDirectories().state, "logs");
}

/** The log of one run of a program, with an id of its own in every line. */
export function openProgramLog(program: "agent" | "app" | "cli", level: Level = "info"): FileLog {
  const clock = { now: () => Date.now() };
  return createFileLog({ dir: logFolder(), program, correlationId: randomUUID(), clock, level });
}
