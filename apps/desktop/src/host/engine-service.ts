import type { Link } from "@ecolocal/core/api/rpc";
import type { Failure, Result } from "@ecolocal/core/shared";
import type { FromHost, ToHost } from "../bridge/index.ts";

/** What this process needs of an opened workspace. */
export interface ServedWorkspace {
  readonly dir: string;
  serve(link: Link, roles: readonly ["app"]): unknown;
  close(): Promise<void>;
}

export interface EngineServiceOptions {
  /** Opens the named workspace, or the last own one or the demo when none is named. */
  open(workspace: string | null, version: string): Promise<Result<ServedWorkspace, Failure>>;
  tellMain(message: FromHost): void;
  /** Ends the process; nothing runs after it. */
  exit(code: number): void;
}

export interface EngineService {
  /** Carries out what main asks; `link` comes with a client. */
  handle(message: ToHost, link?: Link): Promise<void>;
}

/** The engine's process in three verbs: open one workspace, serve each window over its own link, close and end. */
export function createEngineService(options: EngineServiceOptions): EngineService {
  let workspace: ServedWorkspace | undefined;
  let opening: Promise<void> = Promise.resolve();

  async function open(dir: string | null, version: string): Promise<void> {
    const opened = await options.open(dir, version);
    if (opened.ok) {
      workspace = opened.value;
      options.tellMain({ t: "ready", workspace: workspace.dir });
    } else {
      options.tellMain({ t: "refused", failure: opened.error });
    }
  }

  return {
    async handle(message, link) {
      switch (message.t) {
        case "open":
          opening = open(message.workspace, message.version);
          return opening;
        case "client":
          if (link) {
            serveOrClose(workspace, link);
          }
          return;
        case "stop":
          // A workspace that is still being opened is closed too: its lock must not outlive this process's work.
          await opening.catch(() => undefined);
          await workspace?.close();
          options.exit(0);
      }
    },
  };
}

function serveOrClose(workspace: ServedWorkspace | undefined, link: Link): void {
  if (workspace === undefined) {
    link.close();
  } else {
    workspace.serve(link, ["app"]);
  }
}
