/**
 * What a window speaks with the program that serves it: the contract of the workspace that is open, and in front of it
 * which workspace that is. These procedures need no open workspace; the engine of one never sees them (ADR 0005).
 */
import * as z from "zod";
import { contract } from "./contract.ts";
import { call, stream } from "./rpc/define.ts";
import { emptySchema } from "./schema/common.ts";
import {
  backupsOfSchema,
  folderSchema,
  foundBackupsSchema,
  foundingSchema,
  hostStateSchema,
  joiningSchema,
  knownWorkspaceSchema,
  openedWorkspaceSchema,
  restoringSchema,
} from "./schema/host.ts";
import { invitationLinkSchema, invitationPreviewSchema } from "./schema/sync.ts";

const OPENING = [
  "WORKSPACE_NOT_FOUND",
  "WORKSPACE_LOCKED",
  "WORKSPACE_CORRUPT",
  "STORAGE_FULL",
  "STORAGE_READ_ONLY",
  "STORAGE_FAILED",
] as const;
const MAKING = [...OPENING, "WORKSPACE_EXISTS", "WORKSPACE_FOLDER_INVALID"] as const;

export const lifecycleContract = {
  /** What is shown now, then every change; a window whose workspace changed starts anew. */
  "workspace.current": stream(emptySchema, hostStateSchema),
  /** Newest first; workspaces that are gone are left out. */
  "workspace.list": call(emptySchema, z.array(knownWorkspaceSchema)),
  /** Opens another one; the one before goes on until that one is open, and stays when it cannot be opened. */
  "workspace.open": call(z.strictObject({ path: folderSchema }), openedWorkspaceSchema, [
    ...OPENING,
    "WORKSPACE_FOLDER_INVALID",
  ]),
  /** Opens the demo, which is made and filled when it is not there. */
  "workspace.demo": call(emptySchema, openedWorkspaceSchema, [...OPENING]),
  "workspace.create": call(foundingSchema, openedWorkspaceSchema, [...MAKING, "WORKSPACE_ZONE_UNKNOWN"]),
  /** Asks the server what an invitation offers; nothing is made and nothing is joined. */
  "workspace.invitation": call(invitationLinkSchema, invitationPreviewSchema, contract["sync.preview"].errors),
  /** Makes a workspace and joins the group with it; where joining fails, nothing is left behind. */
  "workspace.join": call(joiningSchema, openedWorkspaceSchema, [...MAKING, ...contract["sync.join"].errors]),
  "workspace.backups": call(backupsOfSchema, foundBackupsSchema, ["WORKSPACE_FOLDER_INVALID", "BACKUP_NOT_FOUND"]),
  /** Makes a new workspace out of a backup and opens it; where the backup came from is only read. */
  "workspace.restore": call(restoringSchema, openedWorkspaceSchema, [...MAKING, "BACKUP_NOT_FOUND", "BACKUP_DAMAGED"]),
} as const;

export const hostContract = { ...contract, ...lifecycleContract } as const;

export type LifecycleContract = typeof lifecycleContract;
export type HostContract = typeof hostContract;
