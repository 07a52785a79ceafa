import { type HostState, hostContract } from "@ecolocal/core/api";
import { type Handlers, type Link, type Role, RpcError, type ServedLink, serveLink } from "@ecolocal/core/api/rpc";
import { type Failure, ok, type Result } from "@ecolocal/core/shared";
import { demoWorkspacePath, rememberWorkspace, resolveDirectories, workspaceToOpen } from "../config/index.ts";
import { silentLog } from "../log/index.ts";
import { type ConnectedWorkspace, type ConnectOptions, connectWorkspace } from "./connect.ts";
import { lifecycleHandlers } from "./lifecycle-handlers.ts";

type Contract = typeof hostContract;

/** What a program with windows serves: one workspace at a time, or the choice of one. */
export interface Switchboard {
  state(): HostState;
  /** Calls `changed` at every change; returns how to stop it. */
  onState(changed: (state: HostState) => void): () => void;
  /**
   * Opens another workspace. The one before is closed when the new one is open, and stays when it cannot be opened; the
   * same one again is closed first, so that what kept it from being written can have been mended.
   */
  open(dir: string): Promise<Result<{ readonly path: string }, Failure>>;
  /** Answers a window or a browser tab: about the workspaces itself, everything else by the open one. */
  serve(link: Link, roles: readonly Role[]): ServedLink;
  close(): Promise<void>;
}

export type SwitchboardOptions = ConnectOptions;

/**
 * Starts with a folder, or with the workspace that was open last. A folder that cannot be opened is no failure of the
 * start: the windows say why and offer the way on. Without any workspace it waits for a choice (`welcome`).
 */
export async function startSwitchboard(dir: string | undefined, options: SwitchboardOptions): Promise<Switchboard> {
  const board = createSwitchboard(options);
  const first = dir ?? workspaceToOpen();
  if (first !== undefined) await board.open(first);
  return board;
}

function createSwitchboard(options: SwitchboardOptions): Switchboard {
  const listeners = new Set<(state: HostState) => void>();
  const log = options.log ?? silentLog;
  let state: HostState = { kind: "welcome" };
  let current: Opened | undefined;
  let turn: Promise<unknown> = Promise.resolve();

  const enter = (next: HostState): void => {
    state = next;
    for (const listener of [...listeners]) listener(next);
  };
  const leave = async (): Promise<void> => {
    const left = current;
    current = undefined;
    await left?.workspace.close();
  };
  const change = async (dir: string): Promise<Result<{ readonly path: string }, Failure>> => {
    if (current?.workspace.dir === dir) await leave();
    const opened = await openIt(dir, options);
    if (!opened.ok) {
      if (current === undefined) enter({ kind: "refused", path: dir, failure: opened.error });
      return opened;
    }
    const before = current;
    current = opened.value;
    enter({ kind: "open", path: dir });
    await before?.workspace.close();
    return ok({ path: dir });
  };
  const board: Switchboard = {
    state: () => state,
    onState(changed) {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    open(dir) {
      const opening = turn.then(() => change(dir));
      turn = opening.catch(() => undefined);
      return opening;
    },
    serve: (link, roles) =>
      serveLink<Contract>({
        contract: hostContract,
        handlers,
        link,
        roles,
        app: options.appVersion,
        checkOutput: options.checkOutput ?? false,
        onHello: ({ role }) => {
          if (role !== "cli") current?.workspace.readSensors();
        },
        onInternal: (error, ref, procedure) =>
          log.write("error", "A request met an unexpected error.", { ref, procedure, error }),
      }),
    async close() {
      await turn;
      await leave();
    },
  };
  const handlers: Handlers<Contract> = {
    ...currentHandlers(() => (current ? current.handlers : notOpen(state))),
    ...lifecycleHandlers(board, options),
  };
  return board;
}

interface Opened {
  readonly workspace: ConnectedWorkspace;
  readonly handlers: Awaited<ReturnType<ConnectedWorkspace["handlers"]>>;
}

async function openIt(dir: string, options: SwitchboardOptions): Promise<Result<Opened, Failure>> {
  const connected = await connectWorkspace(dir, options);
  if (!connected.ok) return connected;
  const workspace = connected.value;
  const status = await workspace.client.ask("workspace.status", {});
  if (!status.ok) {
    await workspace.close();
    return status;
  }
  if (dir !== demoWorkspacePath(resolveDirectories())) rememberWorkspace(dir, status.value.name);
  return ok({ workspace, handlers: await workspace.handlers() });
}

type AnyHandler = (input: unknown, context: unknown) => unknown;

/** The procedures of whichever workspace is open when they are asked. */
function currentHandlers(current: () => Opened["handlers"] | Failure): Opened["handlers"] {
  const entries = Object.keys(hostContract).map((name) => {
    const handler: AnyHandler = (input, context) => {
      const found = current();
      if ("code" in found) throw new RpcError(found);
      return (found as unknown as Readonly<Record<string, AnyHandler>>)[name]?.(input, context);
    };
    return [name, handler] as const;
  });
  return Object.fromEntries(entries) as unknown as Opened["handlers"];
}

function notOpen(state: HostState): Failure {
  if (state.kind === "refused") return state.failure as Failure;
  return {
    code: "WORKSPACE_NOT_OPEN",
    op: "workspace.use",
    subject: "workspace",
    detail: "No workspace is open yet.",
    retry: "after-change",
  };
}
