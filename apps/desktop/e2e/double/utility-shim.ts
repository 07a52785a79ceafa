/** Loaded before a utility process's own code: gives it `process.parentPort` and the far halves of its ports. */
import { EventEmitter } from "node:events";
import type { PortMessage } from "./message-port.ts";

type FromParent = PortMessage | { readonly t: "parent-message"; readonly data: unknown; readonly ports: number[] };

const ports = new Map<number, TransferredPort>();

class TransferredPort extends EventEmitter {
  readonly #id: number;
  readonly #queue: unknown[] = [];
  #isStarted = false;

  constructor(id: number) {
    super();
    this.#id = id;
    ports.set(id, this);
  }

  postMessage(data: unknown, transfer: readonly unknown[] = []): void {
    if (transfer.length > 0) {
      throw new TypeError("Port at index 0 is not a valid port");
    }
    toParent({ t: "port-message", port: this.#id, data });
  }

  start(): void {
    this.#isStarted = true;
    for (const data of this.#queue.splice(0)) {
      this.receive(data);
    }
  }

  close(): void {
    if (ports.delete(this.#id)) {
      toParent({ t: "port-close", port: this.#id });
    }
  }

  receive(data: unknown): void {
    if (this.#isStarted) {
      this.emit("message", { data, ports: [] });
    } else {
      this.#queue.push(data);
    }
  }

  lose(): void {
    ports.delete(this.#id);
    this.emit("close");
  }
}

function toParent(message: unknown): void {
  if (process.connected) {
    process.send?.(message);
  }
}

const parentPort = Object.assign(new EventEmitter(), {
  postMessage: toParent,
  start: () => undefined,
});

process.on("message", (message: FromParent) => {
  if (message.t === "parent-message") {
    parentPort.emit("message", { data: message.data, ports: message.ports.map((id) => new TransferredPort(id)) });
  } else if (message.t === "port-message") {
    ports.get(message.port)?.receive(message.data);
  } else {
    ports.get(message.port)?.lose();
  }
});
// Without its parent a utility process is ended by the system, not asked.
process.on("disconnect", () => process.kill(process.pid, "SIGKILL"));
Object.defineProperty(process, "parentPort", { value: parentPort });
Object.defineProperty(process, "type", { value: "utility" });
