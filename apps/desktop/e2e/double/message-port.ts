import { EventEmitter } from "node:events";

/** What travels between a port here and its half in a page or in a utility process. */
export interface PortMessage {
  readonly t: "port-message" | "port-close";
  readonly port: number;
  readonly data?: unknown;
}

/** A process or page that ports can be moved to. */
export interface Remote {
  readonly ports: Set<number>;
  send(message: PortMessage): void;
}

const moved = new Map<number, MessagePortMain>();
let lastId = 0;

/**
 * A port of the main process. Like Electron's it transfers ports only, never array buffers, and has to be started.
 *
 * Moving it away leaves this object as the near end of a tunnel: what its peer sends goes to the remote.
 */
export class MessagePortMain extends EventEmitter {
  #peer: MessagePortMain | undefined;
  #remote: { readonly remote: Remote; readonly id: number } | undefined;
  readonly #queue: unknown[] = [];
  #isStarted = false;
  #isClosed = false;

  static pair(): readonly [MessagePortMain, MessagePortMain] {
    const ports = [new MessagePortMain(), new MessagePortMain()] as const;
    ports[0].#peer = ports[1];
    ports[1].#peer = ports[0];
    return ports;
  }

  postMessage(message: unknown, transfer: readonly unknown[] = []): void {
    if (this.#remote) {
      throw new Error("The port was transferred and cannot be used here any more.");
    }
    if (transfer.length > 0) {
      throw new TypeError("Port at index 0 is not a valid port");
    }
    this.forward(structuredClone(message));
  }

  start(): void {
    this.#isStarted = true;
    for (const data of this.#queue.splice(0)) {
      this.deliver(data);
    }
  }

  close(): void {
    if (!this.#isClosed) {
      this.#isClosed = true;
      this.#peer?.lose();
    }
  }

  /** Hands the port to a page or a process and returns its number there. */
  moveTo(remote: Remote): number {
    if (this.#remote) {
      throw new Error("Port at index 0 is already neutered");
    }
    const id = ++lastId;
    this.#remote = { remote, id };
    moved.set(id, this);
    remote.ports.add(id);
    for (const data of this.#queue.splice(0)) {
      this.deliver(data);
    }
    if (this.#isClosed) {
      remote.send({ t: "port-close", port: id });
    }
    return id;
  }

  /** Passes on what this end, wherever it lives now, sends to the other. */
  forward(data: unknown): void {
    if (!this.#isClosed) {
      this.#peer?.deliver(data);
    }
  }

  /** Takes note that the other end is closed. */
  lose(): void {
    if (this.#isClosed) {
      return;
    }
    this.#isClosed = true;
    if (this.#remote) {
      this.#remote.remote.send({ t: "port-close", port: this.#remote.id });
    } else {
      setImmediate(() => this.emit("close"));
    }
  }

  /** Hands over what the other end sent, wherever this one lives now. */
  deliver(data: unknown): void {
    if (this.#remote) {
      this.#remote.remote.send({ t: "port-message", port: this.#remote.id, data });
    } else if (this.#isStarted) {
      setImmediate(() => this.emit("message", { data, ports: [] }));
    } else {
      this.#queue.push(data);
    }
  }
}

export class MessageChannelMain {
  readonly port1: MessagePortMain;
  readonly port2: MessagePortMain;

  constructor() {
    [this.port1, this.port2] = MessagePortMain.pair();
  }
}

export function isPortMessage(message: unknown): message is PortMessage {
  const tag = typeof message === "object" && message !== null && "t" in message ? message.t : undefined;
  return tag === "port-message" || tag === "port-close";
}

/** Takes what a moved port's half sent from its page or process. */
export function receiveFromRemote(message: PortMessage): void {
  const port = moved.get(message.port);
  if (message.t === "port-message") {
    port?.forward(message.data);
  } else {
    port?.close();
  }
}

/** The page navigated away or the process ended: whoever holds the other ends sees them close. */
export function dropRemote(remote: Remote): void {
  for (const id of remote.ports) {
    moved.get(id)?.close();
    moved.delete(id);
  }
  remote.ports.clear();
}
