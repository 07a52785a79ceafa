import type { DocumentChange } from "@ecolocal/db/documents";
import {
  CLOSE,
  decodePresence,
  decodeServerMessage,
  encodeAwareness,
  encodePresence,
  encodeStep1,
  encodeStep2,
  encodeUpdate,
  PROTOCOL_EXTENDED,
  type PresenceUpdate,
  type ServerMessage,
} from "@ecolocal/sync/client";
import { WebSocket } from "ws";
import type { Access } from "./access.ts";
import { createBackoff } from "./backoff.ts";
import { PIECE_BYTES, type Replica } from "./replica.ts";

export interface LiveContext {
  readonly replica: Replica;
  readonly access: Access;
  /** Address of the group's rooms: `ws(s)://…/v1/ws/GROUP`. */
  readonly roomsUrl: string;
  readonly random: () => number;
  /** What others see of this device while the document is open. */
  readonly presence: Readonly<Record<string, unknown>>;
  /** Whether this member may write; others only listen. */
  readonly canWrite: () => boolean;
  /** Something that the status shows changed. */
  onChange(): void;
  /** Others brought news of this document. */
  onNews(): void;
  /** Some document of the group has news on the server. */
  onDocumentsChanged(): void;
}

/** The server sends at least a keep-alive frame every 20 s. */
const SILENCE_MS = 50_000;
/** y-protocols forgets a presence after 30 s. */
const PRESENCE_EVERY_MS = 15_000;
const MAX_FRAME_BYTES = 32 * 1024 * 1024;
const OPEN_TIMEOUT_MS = 15_000;

/**
 * One document that is exchanged as it is changed, over the y-websocket protocol. Our own changes count as delivered
 * when the server says that they are durable. A connection that is lost is made anew, for ever, after growing pauses;
 * meanwhile the exchange over HTTP does the work.
 */
export class LiveDocument {
  readonly documentId: string;
  readonly #context: LiveContext;
  readonly #backoff = createBackoff({ firstMs: 1000, longestMs: 60_000 });
  readonly #people = new Map<number, PresenceUpdate>();
  readonly #clientId: number;
  #socket: WebSocket | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #presenceTimer: ReturnType<typeof setInterval> | undefined;
  #presenceClock = 0;
  #heardAt = 0;
  /** Numbers in our log up to which each sent update reaches, in the order of sending. */
  #sent: number[] = [];
  #ready = false;
  #stopped = false;

  constructor(documentId: string, context: LiveContext) {
    this.documentId = documentId;
    this.#context = context;
    this.#clientId = Math.floor(context.random() * 2 ** 32);
  }

  /** Whether changes of this document go over this connection now. */
  get carries(): boolean {
    return this.#ready;
  }

  /** Everyone who has the document open, this device included. */
  people(): readonly PresenceUpdate[] {
    return this.#ready ? [...this.#people.values()] : [];
  }

  start(): void {
    void this.#connect();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    this.#leave();
  }

  /** Passes on a change that was made on this device. */
  changed(change: DocumentChange): void {
    if (!this.#ready || change.origin === "remote" || !this.#context.canWrite()) return;
    this.#sendUpdate(encodeUpdate(change.update), change.seq);
  }

  async #connect(): Promise<void> {
    const token = await this.#context.access.token();
    if (this.#stopped) return;
    if (!token.ok) {
      this.#retryLater();
      return;
    }
    const { epoch } = this.#context.replica.progress.find(this.documentId);
    const url = `${this.#context.roomsUrl}/${this.documentId}?epoch=${epoch}`;
    const socket = new WebSocket(url, [PROTOCOL_EXTENDED, `auth.${token.value}`], {
      perMessageDeflate: false,
      maxPayload: MAX_FRAME_BYTES,
      handshakeTimeout: OPEN_TIMEOUT_MS,
    });
    this.#socket = socket;
    socket.on("open", () => this.#opened(socket));
    socket.on("message", (data: Buffer) => this.#received(new Uint8Array(data)));
    socket.on("error", () => {
      // The close event follows; without a listener the error would end the process.
    });
    socket.on("close", (code) => this.#closed(socket, code));
  }

  #opened(socket: WebSocket): void {
    const vector = this.#context.replica.stateVector(this.documentId);
    if (!vector.ok) {
      socket.close();
      return;
    }
    this.#sent = [];
    this.#heardAt = performance.now();
    socket.send(encodeStep1(vector.value));
    this.#presenceTimer = setInterval(() => this.#watch(socket), PRESENCE_EVERY_MS);
    this.#presenceTimer.unref();
  }

  #watch(socket: WebSocket): void {
    if (performance.now() - this.#heardAt > SILENCE_MS) socket.terminate();
    else this.#sendPresence(this.#context.presence);
  }

  #received(frame: Uint8Array): void {
    this.#heardAt = performance.now();
    const message = decodeServerMessage(frame);
    if (message === null) this.#socket?.close();
    else this.#act(message);
  }

  #act(message: ServerMessage): void {
    switch (message.kind) {
      case "step1":
        this.#answerStep1(message.stateVector);
        break;
      case "update":
        this.#merge(message.update);
        break;
      case "awareness":
        this.#seePeople(message.update);
        break;
      case "durable":
        this.#acknowledged(message.count);
        break;
      case "documents-changed":
        this.#context.onDocumentsChanged();
        break;
      case "notice":
      case "denied":
      case "unknown":
        break;
    }
  }

  /** Sends what the server lacks; large differences go over HTTP in pieces and only what follows comes here. */
  #answerStep1(stateVector: Uint8Array): void {
    const { replica } = this.#context;
    if (this.#context.canWrite() && replica.documents.exists(this.documentId)) {
      const difference = replica.difference(this.documentId, stateVector);
      const pieces = difference.ok ? difference.value.pieces : [];
      const [first] = pieces;
      if (!difference.ok || first === undefined || pieces.length > 1 || first.byteLength > PIECE_BYTES) {
        this.#leaveToHttp();
        return;
      }
      this.#sendUpdate(encodeStep2(first), difference.value.uptoSeq);
    }
    this.#ready = true;
    this.#backoff.reset();
    this.#sendPresence(this.#context.presence);
    this.#context.onChange();
  }

  #leaveToHttp(): void {
    this.#context.onDocumentsChanged();
    this.#socket?.close();
  }

  #merge(update: Uint8Array): void {
    const news = this.#context.replica.receive(this.documentId, update);
    if (!news.ok) this.#socket?.close();
    else if (news.value) this.#context.onNews();
  }

  #seePeople(body: Uint8Array): void {
    for (const person of decodePresence(body) ?? []) {
      if (person.state === null) this.#people.delete(person.clientId);
      else this.#people.set(person.clientId, person);
    }
    this.#context.onChange();
  }

  #acknowledged(count: number): void {
    const uptoSeq = this.#sent[count - 1];
    if (uptoSeq === undefined) return;
    this.#context.replica.progress.acknowledge(this.documentId, uptoSeq);
    this.#context.onChange();
  }

  #sendUpdate(frame: Uint8Array, uptoSeq: number): void {
    this.#sent.push(uptoSeq);
    this.#socket?.send(frame);
  }

  #sendPresence(state: PresenceUpdate["state"]): void {
    this.#presenceClock += 1;
    const presence = { clientId: this.#clientId, clock: this.#presenceClock, state };
    if (state !== null) this.#people.set(this.#clientId, presence);
    this.#socket?.send(encodeAwareness(encodePresence(presence)));
  }

  #closed(socket: WebSocket, code: number): void {
    if (this.#socket !== socket) return;
    this.#leave();
    this.#context.onChange();
    // The document was put back on the server: the exchange takes its state, then we come again.
    if (code === CLOSE.epochChanged) this.#context.onDocumentsChanged();
    if (!this.#stopped) this.#retryLater(code === CLOSE.documentUnknown || code === CLOSE.forbidden);
  }

  #leave(): void {
    clearInterval(this.#presenceTimer);
    if (this.#ready) this.#sendPresence(null);
    this.#ready = false;
    this.#people.clear();
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.removeAllListeners("close");
    if (socket?.readyState === WebSocket.CONNECTING) socket.terminate();
    else socket?.close();
  }

  #retryLater(hopeless = false): void {
    const pauseMs = hopeless
      ? this.#backoff.longest(this.#context.random())
      : this.#backoff.next(this.#context.random());
    this.#timer = setTimeout(() => void this.#connect(), pauseMs);
    this.#timer.unref();
  }
}
