/** Entry of the engine's process: the workspace, its sensors and its database live here, never in the window's process. */
import { createPortLink, type PortShape } from "@ecolocal/core/api/rpc";
import { rememberWorkspace, workspaceToOpen } from "@ecolocal/engine/config";
import { connectWorkspace } from "@ecolocal/engine/workspace";
import type { MessagePortMain } from "electron";
import { isToHost } from "../bridge/index.ts";
import { createEngineService, type EngineServiceOptions } from "./engine-service.ts";

const main = process.parentPort;
const service = createEngineService({
  open,
  tellMain: (message) => main.postMessage(message),
  exit: (code) => process.exit(code),
});

// Electron only warns about these in a utility process; an engine in an unknown state is better started anew.
process.on("unhandledRejection", failHard);
process.on("uncaughtException", failHard);

main.on("message", ({ data, ports: [port] }) => {
  if (isToHost(data)) {
    void service.handle(data, port && createPortLink(portShape(port)));
  }
});

async function open(...[named, version]: Parameters<EngineServiceOptions["open"]>) {
  const choice = named === null ? workspaceToOpen() : { dir: named, kind: "own" };
  const opened = await connectWorkspace(choice.dir, { role: "app", appVersion: version });
  if (opened.ok && choice.kind === "own") {
    rememberWorkspace(choice.dir);
  }
  return opened;
}

/** Electron types its events one by one; the link listens to `message` and `close` by name. */
function portShape(port: MessagePortMain): PortShape {
  return {
    postMessage: (value) => port.postMessage(value),
    on: (type, listener) => port.on(type as "message", listener as (event: unknown) => void),
    start: () => port.start(),
    close: () => port.close(),
  };
}

function failHard(error: unknown): void {
  process.stderr.write(`The engine met an unexpected error and starts anew: ${describe(error)}\n`);
  process.exit(1);
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
