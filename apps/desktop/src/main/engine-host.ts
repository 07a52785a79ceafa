import type { Clock } from "@ecolocal/core/shared";
import { type FromHost, isFromHost, type ToHost } from "../bridge/index.ts";
import { type BackOff, createBackOff } from "./back-off.ts";

/** What main needs of the engine's process; Electron's `UtilityProcess` has it. */
export interface HostProcess<Port> {
  postMessage(message: ToHost, ports?: Port[]): void;
  on(event: "message", listener: (message: unknown) => void): unknown;
  once(event: "exit", listener: (code: number) => void): unknown;
  kill(): boolean;
}

export interface EngineHostOptions<Port> {
  readonly clock: Clock;
  /** Starts one engine process. */
  fork(): HostProcess<Port>;
  /** The process ended unasked, after `code`; every port to it is dead and it will be started again in `delayMs`. */
  onGone(code: number, delayMs: number): void;
  readonly workspace: string | null;
  /** Version of the app, which the engine notes in the workspace and tells its clients. */
  readonly version: string;
}

export interface EngineHost<Port> {
  /** Hands over one end of a channel as soon as the engine is there to take it. */
  connect(makePort: () => Port): void;
  /** Ends the engine and starts it on another workspace; null is the one that was open last. */
  open(workspace: string | null): Promise<void>;
  /** Asks the engine to close its database and waits until the process is gone; kills it after ten seconds. */
  stop(): Promise<void>;
  readonly isStopped: boolean;
  /** The workspace asked for, or, once windows are served, the one they are shown. */
  readonly workspace: string | null;
}

const BACK_OFF = { firstMs: 250, longestMs: 30_000, calmMs: 60_000 };
const STOP_PATIENCE_MS = 10_000;

/**
 * Keeps one engine process running: restarts it with growing pauses when it dies.
 *
 * Connections asked for while no engine is there wait for the next one, so nobody has to poll.
 */
export function createEngineHost<Port>(options: EngineHostOptions<Port>): EngineHost<Port> {
  return new SupervisedHost(options);
}

class SupervisedHost<Port> implements EngineHost<Port> {
  readonly #options: EngineHostOptions<Port>;
  readonly #backOff: BackOff = createBackOff(BACK_OFF);
  readonly #waiting: (() => Port)[] = [];
  #workspace: string | null;
  #process: HostProcess<Port> | null = null;
  #exit: Promise<void> = Promise.resolve();
  #isReady = false;
  #isWanted = true;
  #restart: NodeJS.Timeout | undefined;

  constructor(options: EngineHostOptions<Port>) {
    this.#options = options;
    this.#workspace = options.workspace;
    this.#start();
  }

  get isStopped(): boolean {
    return !this.#isWanted && this.#process === null;
  }

  get workspace(): string | null {
    return this.#workspace;
  }

  connect(makePort: () => Port): void {
    if (this.#process && this.#isReady) {
      this.#process.postMessage({ t: "client", role: "app" }, [makePort()]);
    } else {
      this.#waiting.push(makePort);
    }
  }

  async open(workspace: string | null): Promise<void> {
    await this.stop();
    this.#workspace = workspace;
    this.#isWanted = true;
    this.#start();
  }

  async stop(): Promise<void> {
    this.#isWanted = false;
    clearTimeout(this.#restart);
    const running = this.#process;
    if (running === null) {
      return;
    }
    running.postMessage({ t: "stop" });
    const impatience = setTimeout(() => running.kill(), STOP_PATIENCE_MS);
    await this.#exit;
    clearTimeout(impatience);
  }

  #start(): void {
    const process = this.#options.fork();
    this.#process = process;
    this.#isReady = false;
    process.on("message", (message) => {
      if (this.#process === process && isFromHost(message)) {
        this.#onMessage(message);
      }
    });
    this.#exit = new Promise((resolve) => {
      process.once("exit", (code) => {
        this.#onExit(code);
        resolve();
      });
    });
    process.postMessage({ t: "open", workspace: this.#workspace, version: this.#options.version });
  }

  #onMessage(message: FromHost): void {
    this.#isReady = true;
    this.#workspace = message.workspace;
    for (const makePort of this.#waiting.splice(0)) {
      this.connect(makePort);
    }
  }

  #onExit(code: number): void {
    this.#process = null;
    this.#isReady = false;
    if (!this.#isWanted) {
      return;
    }
    const delayMs = this.#backOff.nextDelayMs(this.#options.clock.now());
    this.#restart = setTimeout(() => this.#start(), delayMs);
    this.#options.onGone(code, delayMs);
  }
}
