import type { Contract } from "@ecolocal/core/api";
import {
  createReconnectingClient,
  type Handlers,
  type ReconnectingClient,
  type Role,
  type RpcFailure,
} from "@ecolocal/core/api/rpc";
import { type Clock, createIdSource, err, type IdSource, ok, type Result } from "@ecolocal/core/shared";
import type { LockHolder } from "@ecolocal/db/lock";
import { silentLog } from "../log/index.ts";
import type { HostOptions } from "./host.ts";
import { createSeat, type WorkspaceMode } from "./seat.ts";

export interface ConnectOptions extends Partial<Omit<HostOptions, "role" | "appVersion">> {
  /** What this process is to the engine. */
  readonly role: Exclude<Role, "browser">;
  readonly appVersion: string;
  /** How the lock names this process; a process without a window that runs for long is an `agent`. Default: the role. */
  readonly holdsAs?: LockHolder["role"];
  readonly clock?: Clock;
  readonly ids?: IdSource;
  /** How long to wait for an owner that is starting or ending, in ms. Default 10 000. */
  readonly waitMs?: number;
}

/** A workspace in use: the contract, whichever process has it open. */
export interface ConnectedWorkspace {
  readonly dir: string;
  readonly client: ReconnectingClient<Contract>;
  readonly mode: () => WorkspaceMode;
  /** Calls `changed` at every change of the mode, for example when this process takes over. */
  onMode(changed: (mode: WorkspaceMode) => void): () => void;
  /** What another interface of this process (a window, a browser) is answered with. */
  handlers(): Promise<Handlers<Contract>>;
  /** Reads the sensors from now on, where this process is the one that has the workspace open. */
  readSensors(): void;
  /** Leaves; an owner stores what is pending and gives the workspace back. */
  close(): Promise<void>;
}

const DEFAULT_WAIT_MS = 10_000;
const FIRST_PAUSE_MS = 25;
const MAX_PAUSE_MS = 1000;

const systemClock: Clock = { now: () => Date.now() };

/**
 * Opens a workspace: as its owner when nobody has it open, otherwise attached to the owner's local socket.
 *
 * When the owner quits or dies, whoever takes the lock first becomes the owner and the others attach to it; streams
 * are opened again, calls under way fail with `LINK_LOST`. Failures: `WORKSPACE_NOT_FOUND`, `WORKSPACE_LOCKED` (the
 * owner does not answer), `WORKSPACE_CORRUPT`, `LINK_PROTOCOL_MISMATCH`, and the storage failures. A newer or damaged
 * workspace that can be read opens read-only, and `workspace.status` says why.
 */
export async function connectWorkspace(
  dir: string,
  options: ConnectOptions,
): Promise<Result<ConnectedWorkspace, RpcFailure>> {
  const seat = createSeat(dir, hostOptions(options));
  const log = options.log ?? silentLog;
  let lastFailure: RpcFailure | undefined;
  const client = createReconnectingClient<Contract>({
    role: options.role,
    app: options.appVersion,
    pauseMs: (attempt) => Math.min(MAX_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(attempt - 1, 10)),
    connect: async () => {
      const link = await seat.take().catch((error: unknown) => {
        log.write("error", "The workspace could not be opened.", { dir, error });
        return err(notOpened(dir, error));
      });
      if (!link.ok) lastFailure = link.error;
      return link;
    },
  });
  const close = async (): Promise<void> => {
    client.close();
    await seat.leave();
  };
  const refused = await firstRefusal(dir, client, options.waitMs ?? DEFAULT_WAIT_MS, () => lastFailure);
  if (refused) {
    await close();
    return err(refused);
  }
  return ok({
    dir,
    client,
    close,
    mode: seat.mode,
    onMode: seat.onMode,
    handlers: async () => {
      const { forwardingHandlers } = await import("./forward.ts");
      return forwardingHandlers(client, () => seat.host()?.engine().handlers);
    },
    readSensors: () => seat.host()?.engine().startIngest(),
  });
}

function hostOptions(options: ConnectOptions): HostOptions {
  const clock = options.clock ?? systemClock;
  return {
    ...options,
    role: options.holdsAs ?? options.role,
    clock,
    ids: options.ids ?? createIdSource(clock, Math.random),
    ingest: options.ingest ?? options.role === "app",
  };
}

/** Waits until the client is connected (nothing to report) or the reason why it will not be. */
function firstRefusal(
  dir: string,
  client: ReconnectingClient<Contract>,
  waitMs: number,
  lastFailure: () => RpcFailure | undefined,
): Promise<RpcFailure | undefined> {
  return new Promise((resolve) => {
    let stop = (): void => undefined;
    const timer = setTimeout(() => settle(lastFailure() ?? slowOwner(dir)), waitMs);
    const settle = (failure: RpcFailure | undefined): void => {
      clearTimeout(timer);
      stop();
      resolve(failure);
    };
    stop = client.onState((state) => {
      if (state.kind === "open") settle(undefined);
      if (state.kind === "refused") settle(state.reason);
    });
  });
}

function slowOwner(dir: string): RpcFailure {
  return {
    code: "WORKSPACE_LOCKED",
    op: "workspace.connect",
    subject: dir,
    detail: "The process that has the workspace open does not answer.",
    retry: "backoff",
  };
}

/** An error of our own while opening; trying again would meet it again. */
function notOpened(dir: string, error: unknown): RpcFailure {
  const detail = `The workspace could not be opened: ${error instanceof Error ? error.message : String(error)}.`;
  return { code: "RPC_INTERNAL", op: "workspace.connect", subject: dir, detail, retry: "never" };
}
