import * as Y from "yjs";
import { err, type Failure, ok, type Result } from "../shared/index.ts";

export type UpdateRefused = Failure<"DOCUMENT_UPDATE_INVALID" | "DOCUMENT_UPDATE_TOO_LARGE">;

export interface UpdateLimits {
  /** Bytes of one update. */
  readonly maxBytes: number;
  /** Distinct writers that one update may bring. */
  readonly maxClients: number;
}

export const DEFAULT_UPDATE_LIMITS: UpdateLimits = { maxBytes: 10 * 1024 * 1024, maxClients: 5000 };

/** Changes that wait for others may take this much before the sender is refused. Source: shared facts "sync.md" §7. */
export const MAX_PENDING_BYTES: number = 64 * 1024;
const MAX_CLOCK = 2 ** 40;

/**
 * Looks at foreign bytes before they touch a document: linear in their length, allocating nothing that they merely
 * declare. Only the V1 encoding is understood; a V2 update must never come in.
 *
 * Passing is no promise that applying succeeds: apply to a document that can be thrown away.
 * Source: shared facts "sync.md" §7 (a 7-byte update cost 155 ms and 270 MB without this).
 */
export function inspectUpdate(
  update: Uint8Array,
  limits: UpdateLimits = DEFAULT_UPDATE_LIMITS,
): Result<void, UpdateRefused> {
  if (update.length > limits.maxBytes) {
    return err({
      code: "DOCUMENT_UPDATE_TOO_LARGE",
      op: "document.inspect",
      subject: `${update.length} bytes`,
      detail: `One change may have at most ${limits.maxBytes} bytes.`,
      retry: "never",
    });
  }
  const finding = findFault(update, limits);
  if (finding === null) return ok(undefined);
  return err(invalidUpdate(update, finding));
}

export function invalidUpdate(update: Uint8Array, detail: string): UpdateRefused {
  return {
    code: "DOCUMENT_UPDATE_INVALID",
    op: "document.inspect",
    subject: `${update.length} bytes`,
    detail: `These bytes are not a change that can be merged: ${detail}.`,
    retry: "never",
  };
}

/** Tells whether a document holds back more than is reasonable because earlier changes are missing. */
export function hasTooMuchPending(doc: Y.Doc): boolean {
  const structs = doc.store.pendingStructs?.update.length ?? 0;
  const deletes = doc.store.pendingDs?.length ?? 0;
  return structs + deletes > MAX_PENDING_BYTES;
}

function findFault(update: Uint8Array, limits: UpdateLimits): string | null {
  const clients = readVarUint(update);
  if (clients === null || clients > limits.maxClients || clients > update.length / 4) {
    return "impossible number of writers";
  }
  try {
    const { structs } = Y.decodeUpdate(update);
    if (structs.some((struct) => struct instanceof Y.Item && struct.content instanceof Y.ContentDoc)) {
      return "nested documents are not used here";
    }
    const { to } = Y.parseUpdateMeta(update);
    for (const clock of to.values()) if (!(clock <= MAX_CLOCK)) return "impossible clock";
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : "unreadable";
  }
}

/** Reads the leading variable-length number; null when it does not end within six bytes. */
function readVarUint(bytes: Uint8Array): number | null {
  let value = 0;
  for (let i = 0; i < Math.min(bytes.length, 6); i++) {
    const byte = bytes[i] ?? 0;
    value += (byte & 0x7f) * 2 ** (7 * i);
    if (byte < 0x80) return value;
  }
  return null;
}
