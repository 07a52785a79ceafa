import { createMemoryLinkPair, type Link, type RpcFailure } from "@ecolocal/core/api/rpc";
import { err, ok, type Result } from "@ecolocal/core/shared";
import { readLockHolder } from "@ecolocal/db/workspace";
import { workspaceSocketPath } from "../config/index.ts";
import { connectLocal } from "../link/index.ts";
import { type Host, type HostOptions, startHost } from "./host.ts";

export type WorkspaceMode = "owner" | "attached" | "connecting";

/** This process's place at the workspace: its host, or attached to the host. */
export interface Seat {
  /** Becomes the host when nobody is, otherwise attaches; each call makes a new link. */
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
      const started = await startHost(dir, options);
      if (!started.ok) {
        if (started.error.code !== "WORKSPACE_LOCKED") return started;
        const attached = await attach(dir, started.error);
        if (attached.ok) enter("attached");
        return attached;
      }
      if (left) {
        await started.value.close();
        return err(gone(dir));
      }
      host = started.value;
      enter("owner");
      return ok(openInside(host));
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

async function attach(dir: string, locked: RpcFailure): Promise<Result<Link, RpcFailure>> {
  // The owner may have been started with another runtime directory; its note says where it listens.
  const path = readLockHolder(dir)?.socketPath ?? workspaceSocketPath(dir);
  const link = await connectLocal(path);
  return link.ok ? link : err({ ...locked, retry: "backoff" });
}

function gone(dir: string): RpcFailure {
  return { code: "LINK_LOST", op: "connect", subject: dir, detail: "The workspace was closed.", retry: "never" };
}
