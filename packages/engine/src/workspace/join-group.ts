import { existsSync, renameSync } from "node:fs";
import { join } from "node:path";
import { err, type Failure, ok, type Result } from "@ecolocal/core/shared";
import { databasePath } from "@ecolocal/db/workspace";
import { freeWorkspacePath, rememberWorkspace, resolveDirectories } from "../config/index.ts";
import { type ConnectOptions, connectWorkspace } from "./connect.ts";
import { createWorkspace } from "./found.ts";

export interface JoiningRequest {
  readonly link: string;
  readonly userName: string;
  readonly deviceName?: string | undefined;
  readonly timeZone?: string | undefined;
  readonly locale: string;
}

/**
 * Makes a workspace that belongs to the group of an invitation, and returns its folder.
 *
 * It gets its place only when the group has taken this device in. After a failure what was made waits for the next
 * attempt: it holds the key by which the server recognises an attempt whose answer got lost.
 */
export async function joinInNewWorkspace(
  request: JoiningRequest,
  options: ConnectOptions,
): Promise<Result<string, Failure>> {
  const making = join(resolveDirectories().data, ".joining");
  const joined = await joinIn(making, request, options);
  if (!joined.ok) return joined;
  const dir = freeWorkspacePath();
  try {
    renameSync(making, dir);
  } catch (error) {
    const detail = `The new workspace could not be put in its place: ${(error as Error).message}.`;
    return err({ code: "STORAGE_FAILED", op: "workspace.join", subject: dir, detail, retry: "now" });
  }
  rememberWorkspace(dir, joined.value);
  return ok(dir);
}

/** Returns the name of the group. */
async function joinIn(dir: string, request: JoiningRequest, options: ConnectOptions): Promise<Result<string, Failure>> {
  const { link, userName, deviceName, timeZone, locale } = request;
  if (!existsSync(databasePath(dir))) {
    const made = await createWorkspace(dir, { name: userName, timeZone, locale, appVersion: options.appVersion });
    if (!made.ok) return made;
  }
  const connected = await connectWorkspace(dir, { ...options, ingest: false });
  if (!connected.ok) return connected;
  const { client, close } = connected.value;
  try {
    const invitation = await client.ask("sync.preview", { link });
    if (!invitation.ok) return invitation;
    const name = invitation.value.groupName;
    const named = await client.ask("workspace.configure", { name });
    if (!named.ok) return named;
    const joined = await client.ask("sync.join", { link, userName, ...(deviceName ? { deviceName } : {}) });
    return joined.ok ? ok(name) : joined;
  } finally {
    await close();
  }
}
