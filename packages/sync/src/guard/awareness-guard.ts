/**
 * Reads a presence update from an untrusted client: one client id per connection, a JSON object, bounded size.
 * Unchecked, any peer could overwrite another's presence for good, or put 50,000 invented people into one frame.
 *
 * Source: y-protocols 1.0.7 awareness: varUint count, then per client varUint id, varUint clock, varString JSON.
 */
import * as decoding from "lib0/decoding";
import type { SyncLimits } from "./limits.ts";

export interface PresenceUpdate {
  readonly clientId: number;
  readonly clock: number;
  /** `null` means the person left. */
  readonly state: Readonly<Record<string, unknown>> | null;
}

export type PresenceRejection = "too-large" | "not-one-client" | "not-an-object" | "malformed";

// A clock counts changes of one person's presence in one session; 2^53-1 would lock the victim out.
const MAX_PRESENCE_CLOCK = 2 ** 32;

/** Decodes the only entry of a presence update, or says why it is refused; an empty update gives `null`. */
export function readPresence(
  update: Uint8Array,
  limits: Pick<SyncLimits, "awarenessBytes">,
): { readonly presence: PresenceUpdate | null } | { readonly rejected: PresenceRejection } {
  if (update.byteLength > limits.awarenessBytes) return { rejected: "too-large" };
  try {
    const decoder = decoding.createDecoder(update);
    const count = decoding.readVarUint(decoder);
    if (count === 0) return { presence: null };
    if (count !== 1) return { rejected: "not-one-client" };
    const clientId = decoding.readVarUint(decoder);
    const clock = decoding.readVarUint(decoder);
    const state: unknown = JSON.parse(decoding.readVarString(decoder));
    if (clock > MAX_PRESENCE_CLOCK || decoding.hasContent(decoder)) return { rejected: "malformed" };
    if (!isStateObject(state)) return { rejected: "not-an-object" };
    return { presence: { clientId, clock, state } };
  } catch {
    return { rejected: "malformed" };
  }
}

function isStateObject(value: unknown): value is Readonly<Record<string, unknown>> | null {
  return value === null || (typeof value === "object" && !Array.isArray(value));
}
