import { createHash } from "node:crypto";
import { chmodSync, lstatSync, mkdirSync, realpathSync } from "node:fs";
import { join, resolve } from "node:path";
import { err, type Failure, ok, type Result } from "@ecolocal/core/shared";
import { type HostFacts, readHostFacts, resolveDirectories } from "./directories.ts";

/** `sun_path` holds 108 bytes on Linux and 104 on macOS, with the final zero. */
const MAX_SOCKET_PATH_BYTES = 103;
const HASH_LENGTH = 16;

/**
 * Names the local socket of a workspace: a hash of the folder's real path, so that every way to write the path leads
 * to the same socket. On Windows it is a named pipe.
 */
export function workspaceSocketPath(workspaceDir: string, facts: HostFacts = readHostFacts()): string {
  const hash = createHash("sha256").update(realPath(workspaceDir)).digest("hex").slice(0, HASH_LENGTH);
  if (facts.platform === "win32") return `\\\\.\\pipe\\ecolocal-${facts.user}-${hash}`;
  const preferred = join(resolveDirectories(facts).runtime, `${hash}.sock`);
  if (Buffer.byteLength(preferred) <= MAX_SOCKET_PATH_BYTES) return preferred;
  return join("/tmp", `ecolocal-${facts.user}`, `${hash}.sock`);
}

/** Makes the directory of the socket, closed to other users; refuses one that somebody else prepared. */
export function prepareSocketDirectory(dir: string, facts: HostFacts = readHostFacts()): Result<string> {
  if (facts.platform === "win32") return ok(dir);
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    const stat = lstatSync(dir);
    const foreign = process.getuid !== undefined && stat.uid !== process.getuid();
    if (!stat.isDirectory() || foreign) return err(refusedDirectory(dir, "it belongs to another user or is a link"));
    if ((stat.mode & 0o077) !== 0) chmodSync(dir, 0o700);
    return ok(dir);
  } catch (error) {
    return err(refusedDirectory(dir, error instanceof Error ? error.message : String(error)));
  }
}

function realPath(dir: string): string {
  try {
    return realpathSync(dir);
  } catch {
    return resolve(dir);
  }
}

function refusedDirectory(dir: string, why: string): Failure<"STORAGE_READ_ONLY"> {
  return {
    code: "STORAGE_READ_ONLY",
    op: "socket.prepare",
    subject: dir,
    detail: `The directory for the local socket cannot be used: ${why}.`,
    hint: `Remove ${dir}, or set XDG_RUNTIME_DIR to a directory of your own.`,
    retry: "after-change",
  };
}
