import { contract } from "@ecolocal/core/api";
import { type CallContext, type Link, type Role, type ServedLink, serveLink } from "@ecolocal/core/api/rpc";
import { type Clock, err, type Failure, type IdSource, ok, type Result } from "@ecolocal/core/shared";
import { type HeldWorkspace, type LockHolder, openWorkspace, openWorkspaceDb } from "@ecolocal/db/workspace";
import { createEngine, type Engine, type EngineOptions, type ResetDemo } from "../api/index.ts";
import { workspaceSocketPath } from "../config/index.ts";
import { type LocalServer, listenLocal } from "../link/index.ts";
import { createStore, type Store } from "../store/index.ts";

/** The process that has the workspace open: its engine, and the socket on which others attach. */
export interface Host {
  /** The engine at work; another one after the demo was filled anew. */
  readonly engine: () => Engine;
  /** Answers one link directly; `roles` are those it may take. */
  serve(link: Link, roles: readonly Role[]): ServedLink;
  /** Stores what is pending, lets everyone go and gives the workspace back. */
  close(): Promise<void>;
}

export interface HostOptions extends Omit<EngineOptions, "owner" | "resetDemo"> {
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
    const host = createHost(held, holder, options);
    const socket = await listen(held, host.serve);
    if (!socket.ok) {
      await host.close();
      return socket;
    }
    if (options.ingest) host.engine().startIngest();
    // The lock is given back last: until then nobody else may write.
    const close = async (): Promise<void> => {
      await socket.value?.close();
      await host.close();
    };
    return ok({ engine: host.engine, serve: host.serve, close });
  } catch (error) {
    held.close();
    const unreadable = unreadableWorkspace(dir, held.db.readOnlyBecause, error);
    if (unreadable) return err(unreadable);
    throw error;
  }
}

/** Links that are being answered wait this long for their last answer when everything is exchanged under them. */
const LAST_ANSWER_MS = 50;

function createHost(held: HeldWorkspace, owner: LockHolder, options: HostOptions): Host {
  const links = new Set<Link>();
  let db = held.db;
  let isReading = options.ingest;
  let engine = open();

  function open(): Engine {
    const store = createStore(db, options);
    if (db.mode === "live") abandonImports(store);
    return createEngine(store, { ...options, owner, resetDemo });
  }

  /** Fills the demo anew: another database, another engine; everyone connects again. */
  async function resetDemo(context: CallContext): ReturnType<ResetDemo> {
    const { lock } = held;
    if (lock === null) return err(readOnlyDemo(db.dir));
    const { exchangeDemo } = await import("../demo/index.ts");
    await engine.close();
    const exchanged = exchangeDemo(db, options);
    const reopened = openWorkspaceDb(db.dir, { mode: "live", lock }, options);
    if (!reopened.ok) return reopened;
    db = reopened.value;
    engine = open();
    if (isReading) engine.startIngest();
    const before = [...links];
    setTimeout(() => {
      for (const link of before) link.close();
    }, LAST_ANSWER_MS);
    return exchanged.ok ? engine.handlers["workspace.status"]({}, context) : exchanged;
  }

  return {
    engine: () => engine,
    serve(link, roles) {
      links.add(link);
      link.onClose(() => links.delete(link));
      return serveLink({
        contract,
        handlers: engine.handlers,
        link,
        roles,
        app: options.appVersion,
        checkOutput: options.checkOutput ?? false,
        onHello: ({ role }) => {
          if (role === "cli") return;
          isReading = true;
          engine.startIngest();
        },
        onInternal: (error, ref, procedure) =>
          options.log?.write("error", "A request met an unexpected error.", { ref, procedure, error }),
      });
    },
    async close() {
      await engine.close();
      db.close();
      held.close();
    },
  };
}

/** Imports that a killed process left running will never be finished. */
function abandonImports(store: Store): void {
  if (!store.imports.list().some(({ status }) => status === "running")) return;
  void store.db.write("data.import", "running", () => store.imports.abandonRunning(store.clock.now()));
}

async function listen(held: HeldWorkspace, serve: Host["serve"]): Promise<Result<LocalServer | undefined, Failure>> {
  const { lock, db } = held;
  if (lock === null) return ok(undefined);
  const socket = await listenLocal(workspaceSocketPath(db.dir), (link) => void serve(link, ["app", "cli"]));
  if (socket.ok) lock.announce(socket.value.path);
  return socket;
}

function readOnlyDemo(dir: string): Failure<"STORAGE_READ_ONLY"> {
  const detail = "The demo is open for reading only.";
  return { code: "STORAGE_READ_ONLY", op: "demo.reset", subject: dir, detail, retry: "after-change" };
}

/** A damaged database may lack the very tables that say what it is; then its damage is the answer. */
function unreadableWorkspace(dir: string, because: Failure | null, error: unknown): Failure | undefined {
  if (because === null) return undefined;
  const detail = error instanceof Error ? error.message : String(error);
  return { ...because, subject: dir, detail: `${because.detail} It cannot be read either: ${detail}.` };
}
