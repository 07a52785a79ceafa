import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { type Directories, defaultWorkspacePath, demoWorkspacePath, resolveDirectories } from "./directories.ts";

const DATABASE = "workspace.db";
/** Enough for everybody, and a note that stays small. */
const REMEMBERED = 20;

const notePath = (directories: Directories): string => join(directories.state, "workspaces.json");

/** A workspace that was open on this computer. */
export interface RememberedWorkspace {
  readonly path: string;
  readonly name: string;
  /** UTC epoch milliseconds. */
  readonly openedAt: number;
}

/** Remembers a workspace as the one to open next; a directory that cannot be written is no reason to stop. */
export function rememberWorkspace(dir: string, name: string, directories: Directories = resolveDirectories()): void {
  const path = resolve(dir);
  const others = readNote(directories).filter((known) => known.path !== path);
  const note = [{ path, name, openedAt: Date.now() }, ...others].slice(0, REMEMBERED);
  const file = notePath(directories);
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.tmp`, `${JSON.stringify(note, null, 2)}\n`);
    renameSync(`${file}.tmp`, file);
  } catch {
    // Only a convenience is lost.
  }
}

/** The workspaces that were open here and still exist, the last one first. */
export function rememberedWorkspaces(directories: Directories = resolveDirectories()): RememberedWorkspace[] {
  return readNote(directories).filter(({ path }) => hasWorkspace(path));
}

/** The workspace opened last that still exists; undefined when there is none. */
export function lastWorkspace(directories: Directories = resolveDirectories()): string | undefined {
  return rememberedWorkspaces(directories)[0]?.path;
}

/** What to open when nobody named a workspace: the last one of one's own, or the demo where it was looked at. */
export function workspaceToOpen(directories: Directories = resolveDirectories()): string | undefined {
  const demo = demoWorkspacePath(directories);
  return lastWorkspace(directories) ?? (hasWorkspace(demo) ? demo : undefined);
}

/** A folder for a new workspace: the usual one, or one beside it where that is taken. */
export function freeWorkspacePath(directories: Directories = resolveDirectories()): string {
  const usual = defaultWorkspacePath(directories);
  for (let count = 1; ; count++) {
    const path = count === 1 ? usual : `${usual}-${count}`;
    if (!existsSync(path)) return path;
  }
}

function hasWorkspace(dir: string): boolean {
  return existsSync(join(dir, DATABASE));
}

function readNote(directories: Directories): RememberedWorkspace[] {
  try {
    const note: unknown = JSON.parse(readFileSync(notePath(directories), "utf8"));
    return Array.isArray(note) ? note.flatMap(readEntry) : [];
  } catch {
    return [];
  }
}

/** People may edit the note; what makes no sense is left out. */
function readEntry(entry: unknown): RememberedWorkspace[] {
  if (typeof entry !== "object" || entry === null) return [];
  const { path, name, openedAt } = entry as Partial<Record<keyof RememberedWorkspace, unknown>>;
  if (typeof path !== "string") return [];
  return [
    {
      path,
      name: typeof name === "string" ? name : basename(path),
      openedAt: typeof openedAt === "number" ? openedAt : 0,
    },
  ];
}
