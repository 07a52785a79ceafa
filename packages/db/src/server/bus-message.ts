import type { ChangeListener, DocumentKey } from "@ecolocal/core/documents/store";
import * as z from "zod";

const messageSchema = z.object({
  /** The sending node; everyone ignores their own. */
  n: z.string(),
  w: z.string(),
  d: z.string(),
  s: z.number().int().optional(),
  p: z.string().optional(),
});

export function encodeStored(node: string, key: DocumentKey, seq: number): string {
  return JSON.stringify({ n: node, w: key.workspaceId, d: key.documentId, s: seq });
}

export function encodePresence(node: string, key: DocumentKey, body: Uint8Array): string {
  return JSON.stringify({ n: node, w: key.workspaceId, d: key.documentId, p: Buffer.from(body).toString("base64") });
}

/** Hands a message of another node to the listener; what is not one of ours is ignored. */
export function deliver(node: string, text: string, listener: ChangeListener): void {
  const parsed = messageSchema.safeParse(parseJson(text));
  if (!parsed.success || parsed.data.n === node) return;
  const { w, d, s, p } = parsed.data;
  const key: DocumentKey = { workspaceId: w, documentId: d };
  if (s !== undefined) listener.onStored(key, s);
  if (p !== undefined) listener.onPresence(key, new Uint8Array(Buffer.from(p, "base64")));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Keeps only the newest sequence number per document between two sends, so that a burst costs one message. */
export class Coalescer {
  readonly #pending = new Map<string, { readonly key: DocumentKey; readonly seq: number }>();
  readonly #send: (key: DocumentKey, seq: number) => void;
  readonly #delayMs: number;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(delayMs: number, send: (key: DocumentKey, seq: number) => void) {
    this.#delayMs = delayMs;
    this.#send = send;
  }

  add(key: DocumentKey, seq: number): void {
    this.#pending.set(`${key.workspaceId}/${key.documentId}`, { key, seq });
    this.#timer ??= setTimeout(() => this.flush(), this.#delayMs);
  }

  flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    for (const { key, seq } of pending) this.#send(key, seq);
  }
}
