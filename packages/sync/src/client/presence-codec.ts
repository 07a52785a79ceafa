import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import type { PresenceUpdate } from "../guard/awareness-guard.ts";

/** More people than a room may hold are an attack. */
const MAX_PEOPLE = 1000;

/**
 * Reads who is here, as a server tells it; `null` for anything malformed.
 *
 * Source: y-protocols 1.0.7 awareness: varUint count, then per client varUint id, varUint clock, varString JSON.
 */
export function decodePresence(update: Uint8Array): PresenceUpdate[] | null {
  try {
    const decoder = decoding.createDecoder(update);
    const count = decoding.readVarUint(decoder);
    if (count > MAX_PEOPLE) return null;
    return Array.from({ length: count }, () => {
      const clientId = decoding.readVarUint(decoder);
      const clock = decoding.readVarUint(decoder);
      const state: unknown = JSON.parse(decoding.readVarString(decoder));
      const isObject = typeof state === "object" && state !== null && !Array.isArray(state);
      return { clientId, clock, state: isObject ? (state as Readonly<Record<string, unknown>>) : null };
    });
  } catch {
    return null;
  }
}

/** One person's presence as the body of an awareness message. */
export function encodePresence({ clientId, clock, state }: PresenceUpdate): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, 1);
  encoding.writeVarUint(encoder, clientId);
  encoding.writeVarUint(encoder, clock);
  encoding.writeVarString(encoder, JSON.stringify(state));
  return encoding.toUint8Array(encoder);
}
