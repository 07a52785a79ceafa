import { existsSync } from "node:fs";
import { join } from "node:path";

/** The folder inside a workspace for what belongs to this device alone; it is in no backup and no document. */
export function deviceFolder(workspaceDir: string): string {
  return join(workspaceDir, "device");
}

export function membershipPath(workspaceDir: string): string {
  return join(deviceFolder(workspaceDir), "membership.json");
}

/** Whether this workspace belongs to a group; answered without loading anything else. */
export function isJoined(workspaceDir: string): boolean {
  return existsSync(membershipPath(workspaceDir));
}
