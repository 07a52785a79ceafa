import { type ChildProcess, fork } from "node:child_process";
import { EventEmitter } from "node:events";
import { app } from "./application.ts";
import { dropRemote, isPortMessage, type MessagePortMain, type Remote, receiveFromRemote } from "./message-port.ts";
import { type ProcessMetric, requireReady, runtime, utilities } from "./state.ts";

interface ForkOptions {
  readonly serviceName?: string;
  readonly stdio?: "inherit" | "pipe" | "ignore";
  readonly env?: NodeJS.ProcessEnv;
}

const SHIM = new URL("./utility-shim.ts", import.meta.url).href;

/** A Node process of its own; like Electron's it has `process.parentPort` and receives ports, but no array buffers. */
class UtilityProcess extends EventEmitter {
  readonly #child: ChildProcess;
  readonly #remote: Remote;
  readonly #metric: ProcessMetric;
  pid: number | undefined;

  constructor(file: string, args: readonly string[], options: ForkOptions) {
    super();
    requireReady("utilityProcess.fork()");
    const output = options.stdio ?? "inherit";
    this.#child = fork(file, args, {
      serialization: "advanced",
      env: options.env ?? process.env,
      stdio: ["ignore", output, output, "ipc"],
      execArgv: ["--import", SHIM],
    });
    this.#remote = { ports: new Set(), send: (message) => this.#send(message) };
    this.pid = this.#child.pid;
    this.#metric = { pid: this.#child.pid ?? 0, type: "Utility", name: options.serviceName ?? "Node Utility Process" };
    utilities.add(this.#metric);
    this.#child.on("message", (message) => {
      if (isPortMessage(message)) {
        receiveFromRemote(message);
      } else {
        this.emit("message", message);
      }
    });
    this.#child.on("exit", (code, signal) => this.#exited(code ?? (signal ? 1 : 0), signal !== null));
    runtime.closers.push(() => this.#close());
  }

  postMessage(message: unknown, transfer: readonly MessagePortMain[] = []): void {
    this.#send({ t: "parent-message", data: message, ports: transfer.map((port) => port.moveTo(this.#remote)) });
  }

  kill(): boolean {
    return this.#child.kill();
  }

  /** A message to a process that is ending is lost without a word, as in Electron. */
  #send(message: object): void {
    if (this.#child.connected) {
      this.#child.send(message, () => undefined);
    }
  }

  #exited(code: number, isKilled: boolean): void {
    this.pid = undefined;
    utilities.delete(this.#metric);
    dropRemote(this.#remote);
    this.emit("exit", code);
    const reason = isKilled ? "killed" : "crashed";
    app.emit(
      "child-process-gone",
      {},
      { type: "Utility", name: this.#metric.name, exitCode: code, reason: code === 0 ? "clean-exit" : reason },
    );
  }

  async #close(): Promise<void> {
    if (this.pid !== undefined) {
      const exited = new Promise((resolve) => this.#child.once("exit", resolve));
      this.#child.kill("SIGKILL");
      await exited;
    }
  }
}

export const utilityProcess = {
  fork: (file: string, args: readonly string[] = [], options: ForkOptions = {}): UtilityProcess =>
    new UtilityProcess(file, args, options),
};
