import { contract } from "@ecolocal/core/api";
import { type Link, type Role, type ServedLink, serveLink } from "@ecolocal/core/api/rpc";
import { type Clock, err, type Failure, type IdSource, ok, type Result } from "@ecolocal/core/shared";
import { type LockHolder, openWorkspace } from "@ecolocal/db/workspace";
import { createEngine, type Engine, type EngineOptions } from "../api/index.ts";
import { workspaceSocketPath } from "../config/index.ts";
import { type LocalServer, listenLocal } from "../link/index.ts";
import { createStore } from "../store/index.ts";

/** The process that has the workspace open: its engine, and the socket on which others attach. */
export interface Host {
  readonly engine: Engine;
  /** Answers one link directly; `roles` are those it may take. */
  serve(link: Link, roles: readonly Role[]): ServedLink;
  /** Stores what is pending, lets everyone go and gives the workspace back. */
  close(): Promise<void>;
}

export interface HostOptions extends Omit<EngineOptions, "owner"> {
  readonly role: LockHolder["role"];
  readonly clock: Clock;
  readonly ids: IdSource;
  /** Whether to read the sensors at once; otherwise with the first app that attaches. */
  readonly ingest: boolean;
  readonly checkOutput?: boolean;
}

/** Opens the workspace for this process; `WORKSPACE_LOCKED` when another process has it. */
export async function startHost(dir: string, options: HostOptions): Promise<Result<Host, Failure>> {
  const holder: LockHolder = { pid: process.pid, role: options.role, socketPath: null, since: options.clock.now() };
  const opened = openWorkspace(dir, holder, { appVersion: options.appVersion, clock: options.clock });
  if (!opened.ok) return opened;
  const held = opened.value;
  try {
    const store = createStore(held.db, options);
    const engine = createEngine(store, { ...options, owner: holder });
    const serve = createServe(engine, options);
    const socket = held.lock
      ? await listenLocal(workspaceSocketPath(dir), (link) => void serve(link, ["app", "cli"]))
      : null;
    if (socket && !socket.ok) {
      await engine.close();
      held.close();
      return socket;
    }
    if (socket) held.lock?.announce(socket.value.path);
    if (options.ingest) engine.startIngest();
    return ok({ engine, serve, close: () => closeHost(engine, held, socket?.value) });
  } catch (error) {
    held.close();
    const unreadable = unreadableWorkspace(dir, held.db.readOnlyBecause, error);
    if (unreadable) return err(unreadable);
    throw error;
  }
}

function createServe(engine: Engine, options: HostOptions): Host["serve"] {
  return (link, roles) => {
    const served = serveLink({
      contract,
      handlers: engine.handlers,
      link,
      roles,
      app: options.appVersion,
      checkOutput: options.checkOutput ?? false,
      onHello: ({ role }) => {
        if (role !== "cli") engine.startIngest();
      },
      onInternal: (error, ref, procedure) =>
        options.log?.write("error", "A request met an unexpected error.", { ref, procedure, error }),
    });
    return served;
  };
}

async function closeHost(engine: Engine, held: { close(): void }, socket: LocalServer | undefined): Promise<void> {
  // The lock is given back last: until then nobody else may write.
  await socket?.close();
  await engine.close();
  held.close();
}

/** A damaged database may lack the very tables that say what it is; then its damage is the answer. */
function unreadableWorkspace(dir: string, because: Failure | null, error: unknown): Failure | undefined {
  if (because === null) return undefined;
  const detail = error instanceof Error ? error.message : String(error);
  return { ...because, subject: dir, detail: `${because.detail} It cannot be read either: ${detail}.` };
}
