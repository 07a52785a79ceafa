import { encodeUpdate } from "@ecolocal/sync/protocol";
import * as decoding from "lib0/decoding";
import WebSocket from "ws";
import * as Y from "yjs";

const ACKNOWLEDGED = 110;
const FIRST_PAUSE_MS = 30;
const LONGEST_PAUSE_MS = 500;

/** What all clients of one drill saw together. */
export interface DrillStats {
  readonly closes: Record<string, number>;
  readonly reconnectsMs: number[];
  readonly openedAt: number[];
  /** Times that an attempt to connect failed. */
  refused: number;
}

export function newStats(): DrillStats {
  return { closes: {}, reconnectsMs: [], openedAt: [], refused: 0 };
}

interface Edit {
  readonly name: string;
  readonly update: Uint8Array;
}

/**
 * A member's device with an outbox: an edit stays in it until the server calls it durable, and is sent again on the next
 * connection. Acknowledged edits are never sent again, so that a server which lied about one is found out.
 */
export class DrillClient {
  readonly room: string;
  readonly acknowledged: string[] = [];
  made = 0;
  readonly #url: string;
  readonly #token: string;
  readonly #stats: DrillStats;
  readonly #doc = new Y.Doc();
  readonly #timer: ReturnType<typeof setInterval>;
  readonly #asked = new WeakSet<WebSocket>();
  #outbox: Edit[] = [];
  #onThisConnection: Edit[] = [];
  #counted = 0;
  #socket: WebSocket | null = null;
  #downSince: number | null = null;
  #attempt = 0;
  #writing = true;
  #stopped = false;

  constructor(options: {
    readonly id: string;
    readonly room: string;
    readonly origin: string;
    readonly token: string;
    readonly everyMs: number;
    readonly stats: DrillStats;
  }) {
    this.room = options.room;
    this.#url = `${options.origin}/v1/ws/main/${options.room}?device=${options.id}`;
    this.#token = options.token;
    this.#stats = options.stats;
    this.#doc.on("update", (update: Uint8Array) => this.#add({ name: `${options.id}-${this.made}`, update }));
    this.#timer = setInterval(() => {
      if (!this.#writing) return;
      this.made += 1;
      this.#doc.getMap("edits").set(`${options.id}-${this.made}`, true);
    }, options.everyMs);
    this.#connect();
  }

  get unacknowledged(): number {
    return this.#outbox.length;
  }

  get connected(): boolean {
    return this.#socket !== null;
  }

  /** Writes no more and waits until everything is acknowledged, at most `limitMs`. */
  async settle(limitMs: number): Promise<void> {
    this.#writing = false;
    const until = Date.now() + limitMs;
    while (this.#outbox.length > 0 && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 50));
  }

  /** Closes by itself and comes back, as a page that is reloaded; not counted as a close that the server caused. */
  reconnect(): void {
    const socket = this.#socket;
    if (socket === null) return;
    this.#socket = null;
    this.#asked.add(socket);
    socket.close(1000);
  }

  stop(): void {
    this.#stopped = true;
    clearInterval(this.#timer);
    this.#socket?.terminate();
    this.#doc.destroy();
  }

  #add(edit: Edit): void {
    this.#outbox.push(edit);
    if (this.#socket !== null) this.#send(edit);
  }

  #send(edit: Edit): void {
    this.#onThisConnection.push(edit);
    this.#socket?.send(encodeUpdate(edit.update));
  }

  #connect(): void {
    const socket = new WebSocket(this.#url, ["ecolocal.ext.v1", `auth.${this.#token}`], { handshakeTimeout: 5000 });
    socket.on("error", () => undefined);
    socket.on("open", () => this.#opened(socket));
    socket.on("message", (data: Buffer) => this.#received(new Uint8Array(data)));
    socket.on("close", (code) => this.#closed(socket, code));
  }

  #opened(socket: WebSocket): void {
    this.#socket = socket;
    this.#attempt = 0;
    this.#counted = 0;
    this.#onThisConnection = [];
    this.#stats.openedAt.push(Date.now());
    if (this.#downSince !== null) this.#stats.reconnectsMs.push(performance.now() - this.#downSince);
    this.#downSince = null;
    for (const edit of this.#outbox) this.#send(edit);
  }

  #received(frame: Uint8Array): void {
    const decoder = decoding.createDecoder(frame);
    if (decoding.readVarUint(decoder) !== ACKNOWLEDGED) return;
    const count = decoding.readVarUint(decoder);
    const fresh = new Set(this.#onThisConnection.slice(this.#counted, count));
    this.#counted = Math.max(this.#counted, count);
    for (const edit of fresh) this.acknowledged.push(edit.name);
    this.#outbox = this.#outbox.filter((edit) => !fresh.has(edit));
  }

  #closed(socket: WebSocket, code: number): void {
    if (this.#stopped) return;
    if (this.#socket === socket) {
      this.#stats.closes[code] = (this.#stats.closes[code] ?? 0) + 1;
      this.#downSince ??= performance.now();
      this.#socket = null;
    } else if (!this.#asked.has(socket)) {
      this.#stats.refused += 1;
    }
    const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** this.#attempt++);
    setTimeout(() => this.#connect(), pause * (0.5 + Math.random()));
  }
}
