import type { Failure } from "@ecolocal/core/shared";
import type { StorageFailure } from "../sqlite/index.ts";

/** Who has a workspace open. `socketPath` is where others attach to it. */
export interface LockHolder {
  readonly pid: number;
  readonly role: "app" | "agent" | "cli";
  readonly socketPath: string | null;
  /** UTC epoch milliseconds. */
  readonly since: number;
}

export interface WorkspaceLocked extends Failure<"WORKSPACE_LOCKED"> {
  /** Null when the holder had not yet said who it is, or died a moment ago. */
  readonly holder: LockHolder | null;
}

export type WorkspaceFailure =
  | Failure<"WORKSPACE_NOT_FOUND" | "WORKSPACE_EXISTS" | "WORKSPACE_NEWER" | "WORKSPACE_CORRUPT">
  | WorkspaceLocked
  | StorageFailure;

export function workspaceNotFound(op: string, dir: string): WorkspaceFailure {
  return {
    code: "WORKSPACE_NOT_FOUND",
    op,
    subject: dir,
    detail: "There is no workspace in this folder.",
    hint: "Create one with `ecolocal init`, or name the folder that has it.",
    retry: "after-change",
  };
}

export function workspaceExists(op: string, dir: string): WorkspaceFailure {
  return {
    code: "WORKSPACE_EXISTS",
    op,
    subject: dir,
    detail: "This folder already holds a workspace; it was left as it is.",
    hint: "Open it, or choose an empty folder.",
    retry: "never",
  };
}

export function workspaceNewer(dir: string, found: string): Failure<"WORKSPACE_NEWER"> {
  return {
    code: "WORKSPACE_NEWER",
    op: "workspace.open",
    subject: dir,
    detail: `A newer EcoLocal wrote this workspace (${found}); it is open for reading only and stays unchanged.`,
    hint: "Update EcoLocal to write to it again.",
    retry: "after-change",
  };
}

export function workspaceCorrupt(dir: string, finding: string): Failure<"WORKSPACE_CORRUPT"> {
  return {
    code: "WORKSPACE_CORRUPT",
    op: "workspace.open",
    subject: dir,
    detail: `The database is damaged (${finding}); nothing was changed.`,
    hint: "Restore the latest good backup into a new folder: `ecolocal backup restore FOLDER`.",
    retry: "never",
  };
}

export function workspaceLocked(dir: string, holder: LockHolder | null): WorkspaceLocked {
  const who = holder === null ? "Another process" : `Process ${holder.pid} (${holder.role})`;
  return {
    code: "WORKSPACE_LOCKED",
    op: "workspace.lock",
    subject: dir,
    detail: `${who} has this workspace open.`,
    hint: "Use it through that process, or close it first.",
    retry: "backoff",
    holder,
  };
}
