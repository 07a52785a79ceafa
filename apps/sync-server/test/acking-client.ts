import { encodeUpdate } from "@ecolocal/sync/protocol";
import { decodeBatch, encodeBatch } from "@ecolocal/sync/service";
import * as decoding from "lib0/decoding";
import WebSocket from "ws";
import * as Y from "yjs";

const ROOM = "project~kill";

/** Writes without pause and remembers which edits the server called durable. */
export class AckingClient {
  readonly acknowledged = new Set<string>();
  readonly #socket: WebSocket;
  readonly #sent: string[] = [];
  readonly #prefix: string;
  #timer: ReturnType<typeof setInterval> | null = null;

  constructor(server: { readonly url: string; readonly token: string }, prefix: string) {
    this.#prefix = prefix;
    this.#socket = new WebSocket(`${server.url}/v1/ws/w1/${ROOM}`, ["ecolocal.ext.v1", `auth.${server.token}`]);
    this.#socket.on("error", () => undefined);
    this.#socket.on("message", (data: Buffer) => this.#receive(new Uint8Array(data)));
  }

  write(): void {
    const doc = new Y.Doc();
    doc.on("update", (update: Uint8Array) => this.#socket.send(encodeUpdate(update)));
    this.#socket.once("open", () => {
      this.#timer = setInterval(() => {
        const name = `${this.#prefix}-${this.#sent.length}`;
        this.#sent.push(name);
        doc.getMap("edits").set(name, true);
      }, 15);
    });
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#socket.terminate();
  }

  /** Every edit that a freshly started server has. */
  static async readAll(server: { readonly url: string; readonly token: string }): Promise<Set<string>> {
    const response = await fetch(`${server.url.replace("ws", "http")}/v1/workspaces/w1/pull`, {
      method: "POST",
      headers: { authorization: `Bearer ${server.token}` },
      body: new Uint8Array(encodeBatch([{ documentId: ROOM, status: 0, seq: 0, bytes: Uint8Array.of(0) }])),
    });
    const doc = new Y.Doc();
    for (const entry of decodeBatch(new Uint8Array(await response.arrayBuffer())) ?? [])
      Y.applyUpdate(doc, entry.bytes);
    return new Set(Object.keys(doc.getMap("edits").toJSON()));
  }

  #receive(frame: Uint8Array): void {
    const decoder = decoding.createDecoder(frame);
    if (decoding.readVarUint(decoder) !== 110) return;
    for (const name of this.#sent.slice(0, decoding.readVarUint(decoder))) this.acknowledged.add(name);
  }
}
