import { createMemoryLinkPair, type Link, type RpcFailure } from "@ecolocal/core/api/rpc";
import { err, ok, type Result } from "@ecolocal/core/shared";
import { workspaceSocketPath } from "../config/index.ts";
import { connectLocal } from "../link/index.ts";
import type { Host, HostOptions } from "./host.ts";

export type WorkspaceMode = "owner" | "attached" | "connecting";

/** This process's place at the workspace: its host, or attached to the host. */
export interface Seat {
  /** Attaches to the host, or becomes it when there is none; each call makes a new link. */
  take(): Promise<Result<Link, RpcFailure>>;
  host(): Host | undefined;
  mode(): WorkspaceMode;
  /** Calls `changed` at every change; returns how to stop it. */
  onMode(changed: (mode: WorkspaceMode) => void): () => void;
  leave(): Promise<void>;
}

export function createSeat(dir: string, options: HostOptions): Seat {
  const listeners = new Set<(mode: WorkspaceMode) => void>();
  let host: Host | undefined;
  let mode: WorkspaceMode = "connecting";
  let left = false;
  const enter = (next: WorkspaceMode): void => {
    if (next === mode) return;
    mode = next;
    for (const listener of [...listeners]) listener(next);
  };
  const become = async (): Promise<Result<Link, RpcFailure>> => {
    const { startHost } = await import("./host.ts");
    const started = await startHost(dir, options);
    if (!started.ok) return started;
    if (left) {
      await started.value.close();
      return err(gone(dir));
    }
    host = started.value;
    enter("owner");
    return ok(openInside(host));
  };
  return {
    host: () => host,
    mode: () => mode,
    onMode(changed) {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    async take() {
      if (host) return ok(openInside(host));
      enter("connecting");
      // A socket that answers belongs to the process that holds the lock; asking it first spares this one the database.
      const attached = await connectLocal(workspaceSocketPath(dir));
      if (attached.ok) {
        enter("attached");
        return attached;
      }
      const hosted = await become();
      return hosted.ok || hosted.error.code !== "WORKSPACE_LOCKED" ? hosted : attachToHolder(dir, hosted.error, enter);
    },
    async leave() {
      left = true;
      await host?.close();
      host = undefined;
    },
  };
}

/** The host's own client speaks the contract through a link as well, so that nothing depends on who hosts. */
function openInside(host: Host): Link {
  const [near, far] = createMemoryLinkPair();
  host.serve(far, ["app", "cli"]);
  return near;
}

/** The owner may have been started with another runtime directory; its note beside the lock says where it listens. */
async function attachToHolder(
  dir: string,
  locked: RpcFailure,
  enter: (mode: WorkspaceMode) => void,
): Promise<Result<Link, RpcFailure>> {
  const { readLockHolder } = await import("@ecolocal/db/lock");
  const path = readLockHolder(dir)?.socketPath;
  const link = path ? await connectLocal(path) : err(locked);
  if (link.ok) enter("attached");
  return link.ok ? link : err({ ...locked, retry: "backoff" });
}

function gone(dir: string): RpcFailure {
  return { code: "LINK_LOST", op: "connect", subject: dir, detail: "The workspace was closed.", retry: "never" };
}
