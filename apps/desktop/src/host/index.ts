/** Entry of the engine's process: the workspace, its sensors and its database live here, never in the window's process. */
import { createPortLink, type PortShape } from "@ecolocal/core/api/rpc";
import { type EngineLog, openProgramLog } from "@ecolocal/engine/log";
import { startSwitchboard } from "@ecolocal/engine/workspace";
import type { MessagePortMain } from "electron";
import { isToHost } from "../bridge/index.ts";
import { createEngineService } from "./engine-service.ts";

const main = process.parentPort;
/** Everything goes to the log of this run; what is urgent also to the terminal the app was started from. */
const file = openProgramLog("app");
const log: EngineLog = {
  write(level, message, fields) {
    file.write(level, message, fields);
    if (level === "warn" || level === "error") {
      process.stderr.write(`${JSON.stringify({ level, message, ...fields }, describeErrors)}\n`);
    }
  },
};
const service = createEngineService({
  start: (workspace, appVersion) => startSwitchboard(workspace ?? undefined, { role: "app", appVersion, log }),
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
  file.write("error", "The engine met an unexpected error and starts anew.", { error });
  process.stderr.write(`The engine met an unexpected error and starts anew: ${describe(error)}\n`);
  process.exit(1);
}

function describeErrors(_key: string, value: unknown): unknown {
  return value instanceof Error ? describe(value) : value;
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
