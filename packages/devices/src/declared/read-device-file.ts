import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { DriverSpec } from "@ecolocal/core/sensing";
import { compileDevice, type DescriptionFailure, type DescriptionProblem } from "@ecolocal/core/sensing/declared";
import { err, type Result } from "@ecolocal/core/shared";
import type { Document, LineCounter } from "yaml";

/** A problem with the line (from 1) on which it stands; `null` where the file as a whole is meant. */
export interface PlacedProblem extends DescriptionProblem {
  readonly line: number | null;
}

export interface DeviceFileFailure extends DescriptionFailure {
  readonly problems: readonly PlacedProblem[];
}

const MAX_FILE_BYTES = 256_000;
const EXTENSION = /\.(?:ya?ml|json)$/;

/** Compiles the description of a device from YAML (JSON is YAML too); problems come with their lines. */
export async function compileDeviceText(text: string, subject: string): Promise<Result<DriverSpec, DeviceFileFailure>> {
  const { LineCounter: Counter, parseDocument } = await import("yaml");
  const lines = new Counter();
  // No custom tags, no merging, and aliases cannot blow a small file up.
  const document = parseDocument(text, { lineCounter: lines, schema: "core", merge: false, customTags: null });
  const [error] = document.errors;
  if (error !== undefined) {
    const line = lines.linePos(error.pos[0]).line;
    return err(fileFailure(subject, [{ path: [], line, message: error.message.split("\n")[0] ?? "" }]));
  }
  const compiled = compileDevice(toData(document), subject);
  if (compiled.ok) return compiled;
  return err({
    ...compiled.error,
    problems: compiled.error.problems.map((problem) => ({ ...problem, line: lineOf(document, problem.path, lines) })),
  });
}

/** Reads and compiles one description. */
export async function readDeviceFile(file: string): Promise<Result<DriverSpec, DeviceFileFailure>> {
  const name = basename(file);
  try {
    const text = await readFile(file, "utf8");
    if (text.length > MAX_FILE_BYTES) return err(fileFailure(name, [whole("the file is longer than 256 kB")]));
    return await compileDeviceText(text, name);
  } catch (error) {
    return err(fileFailure(name, [whole(error instanceof Error ? error.message : String(error))]));
  }
}

/** Reads every description in a folder, in the order of their names; a folder that is not there has none. */
export async function readDeviceFolder(folder: string): Promise<{
  readonly drivers: readonly DriverSpec[];
  readonly failures: readonly DeviceFileFailure[];
}> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => EXTENSION.test(name)).sort();
  const drivers = new Map<string, DriverSpec>();
  const failures: DeviceFileFailure[] = [];
  for (const name of names) {
    const read = await readDeviceFile(join(folder, name));
    if (!read.ok) failures.push(read.error);
    else if (drivers.has(read.value.id))
      failures.push(fileFailure(name, [whole(`another file has the id of ${read.value.id}`)]));
    else drivers.set(read.value.id, read.value);
  }
  return { drivers: [...drivers.values()], failures };
}

function toData(document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: 20 }) as unknown;
  } catch {
    return null;
  }
}

/** The line of the deepest part of a path that the file has. */
function lineOf(document: Document, path: DescriptionProblem["path"], lines: LineCounter): number | null {
  for (let depth = path.length; depth > 0; depth--) {
    const node = document.getIn(path.slice(0, depth), true);
    const range = (node as { readonly range?: readonly number[] | null } | undefined)?.range;
    if (range?.[0] !== undefined) return lines.linePos(range[0]).line;
  }
  return null;
}

function whole(message: string): PlacedProblem {
  return { path: [], line: null, message };
}

function fileFailure(subject: string, problems: readonly PlacedProblem[]): DeviceFileFailure {
  const [first] = problems;
  return {
    code: "SENSING_DEVICE_FILE_INVALID",
    op: "read device description",
    subject,
    detail: `${first?.line == null ? "" : `line ${first.line}: `}${first?.message ?? ""}.`,
    hint: "Correct the places named; docs/guide/own-devices.md lists every key.",
    retry: "after-change",
    problems,
  };
}
