import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { instantToIso } from "@ecolocal/core/shared";
import type { BackupFacts } from "./backup-manifest.ts";

/** Where a backup is being written, and the name it gets when everything in it is on the disk. */
export interface BackupDraft {
  readonly partial: string;
  readonly path: string;
}

const SUFFIX = ".partial";

/** Drafts that this process is writing; all others below a workspace that it holds were left by a process that died. */
const ownDrafts = new Set<string>();

/** Makes the folder of a new backup below `backupsDir`; every draft ends with `releaseDraft`. */
export function reserveDraft(backupsDir: string, facts: BackupFacts): BackupDraft {
  mkdirSync(backupsDir, { recursive: true, mode: 0o700 });
  sweepDrafts(backupsDir);
  const path = freePath(backupsDir, facts);
  const partial = `${path}${SUFFIX}`;
  mkdirSync(partial, { mode: 0o700 });
  ownDrafts.add(partial);
  return { partial, path };
}

/** Removes what is left of a draft; nothing is left of one that became a backup. */
export function releaseDraft({ partial }: BackupDraft): void {
  ownDrafts.delete(partial);
  rmSync(partial, { recursive: true, force: true });
}

/**
 * Removes drafts whose writer died. Only for the process that holds the workspace: nobody else writes its backups, so
 * what is not its own has no writer any more.
 */
export function sweepDrafts(backupsDir: string): void {
  if (!existsSync(backupsDir)) return;
  for (const name of readdirSync(backupsDir)) {
    const path = join(backupsDir, name);
    if (isDraft(name) && !ownDrafts.has(path)) rmSync(path, { recursive: true, force: true });
  }
}

export function isDraft(name: string): boolean {
  return name.endsWith(SUFFIX);
}

/** `20260115t080000z-daily`; a second one of the same second gets a number. */
function freePath(backupsDir: string, { at, reason }: BackupFacts): string {
  const stamp = instantToIso(Math.floor(at / 1000) * 1000)
    .replaceAll(/[-:]/g, "")
    .toLowerCase();
  const name = join(backupsDir, `${stamp}-${reason}`);
  const isTaken = (path: string): boolean => existsSync(path) || existsSync(`${path}${SUFFIX}`);
  let path = name;
  for (let i = 2; isTaken(path); i++) path = `${name}-${i}`;
  return path;
}
