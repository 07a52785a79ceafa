/** Who is in a room: one presence per connection, pinned to it; encoded as y-protocols awareness updates. */
import * as encoding from "lib0/encoding";
import type { PresenceUpdate } from "../guard/index.ts";

export interface Presence {
  /** Takes a connection's presence; returns the frame body for the others, or `null` when it is refused or stale. */
  update(connectionId: number, userId: string, presence: PresenceUpdate): Uint8Array | null;
  /** Forgets a connection; returns the frame body that tells the others, or `null` when it had no presence. */
  leave(connectionId: number): Uint8Array | null;
  /** Everyone's presence for a newcomer, or `null` when nobody is there. */
  everyone(): Uint8Array | null;
}

interface Entry {
  readonly clientId: number;
  readonly userId: string;
  clock: number;
  state: PresenceUpdate["state"];
}

export function createPresence(): Presence {
  const byConnection = new Map<number, Entry>();

  const holderOf = (clientId: number): [number, Entry] | undefined =>
    [...byConnection].find(([, entry]) => entry.clientId === clientId);

  return {
    update(connectionId, userId, presence) {
      const own = byConnection.get(connectionId);
      if (own !== undefined && own.clientId !== presence.clientId) return null;
      const holder = holderOf(presence.clientId);
      if (holder !== undefined && holder[0] !== connectionId) {
        // A reconnecting client arrives before its old socket is known to be dead; anyone else is an impostor.
        if (holder[1].userId !== userId) return null;
        byConnection.delete(holder[0]);
      }
      const known = own ?? holder?.[1];
      if (known !== undefined && presence.clock < known.clock) return null;
      byConnection.set(connectionId, {
        clientId: presence.clientId,
        userId,
        clock: presence.clock,
        state: presence.state,
      });
      return encodePresence([presence]);
    },
    leave(connectionId) {
      const entry = byConnection.get(connectionId);
      byConnection.delete(connectionId);
      if (entry === undefined || entry.state === null) return null;
      return encodePresence([{ clientId: entry.clientId, clock: entry.clock + 1, state: null }]);
    },
    everyone() {
      const present = [...byConnection.values()].filter((entry) => entry.state !== null);
      return present.length === 0 ? null : encodePresence(present);
    },
  };
}

function encodePresence(entries: readonly PresenceUpdate[]): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, entries.length);
  for (const entry of entries) {
    encoding.writeVarUint(encoder, entry.clientId);
    encoding.writeVarUint(encoder, entry.clock);
    encoding.writeVarString(encoder, JSON.stringify(entry.state));
  }
  return encoding.toUint8Array(encoder);
}
