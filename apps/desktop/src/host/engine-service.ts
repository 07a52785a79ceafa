import type { HostState } from "@ecolocal/core/api";
import type { Link } from "@ecolocal/core/api/rpc";
import type { FromHost, ToHost } from "../bridge/index.ts";

/** What this process needs of the engine: see the engine's `Switchboard`. */
export interface Board {
  state(): HostState;
  onState(changed: (state: HostState) => void): unknown;
  serve(link: Link, roles: readonly ["app"]): unknown;
  close(): Promise<void>;
}

export interface EngineServiceOptions {
  /** Starts with the named workspace, or with the one that was open last. */
  start(workspace: string | null, version: string): Promise<Board>;
  tellMain(message: FromHost): void;
  /** Ends the process; nothing runs after it. */
  exit(code: number): void;
}

export interface EngineService {
  /** Carries out what main asks; `link` comes with a client. */
  handle(message: ToHost, link?: Link): Promise<void>;
}

/** The engine's process in three verbs: start with a workspace, serve each window over its own link, close and end. */
export function createEngineService(options: EngineServiceOptions): EngineService {
  let board: Board | undefined;
  let starting: Promise<void> = Promise.resolve();

  async function start(dir: string | null, version: string): Promise<void> {
    board = await options.start(dir, version);
    const tell = (state: HostState): void =>
      options.tellMain({ t: "ready", workspace: state.kind === "welcome" ? null : state.path });
    board.onState(tell);
    tell(board.state());
  }

  return {
    async handle(message, link) {
      switch (message.t) {
        case "open":
          starting = start(message.workspace, message.version);
          return starting;
        case "client":
          if (link && board) board.serve(link, ["app"]);
          else link?.close();
          return;
        case "stop":
          // A workspace that is still being opened is closed too: its lock must not outlive this process's work.
          await starting.catch(() => undefined);
          await board?.close();
          options.exit(0);
      }
    },
  };
}
