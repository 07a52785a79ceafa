/** Who is in a room: one presence per connection, pinned to it; encoded as y-protocols awareness updates. */
import type { Instant } from "@ecolocal/core/shared";
import * as encoding from "lib0/encoding";
import type { PresenceUpdate } from "../guard/index.ts";

export interface Presence {
  /** Takes a connection's presence; returns the frame body for the others, or `null` when it is refused or stale. */
  update(connectionId: number, userId: string, presence: PresenceUpdate): Uint8Array | null;
  /** Takes what another node says; returns whether it is news for the peers here. */
  elsewhere(presence: PresenceUpdate, at: Instant): boolean;
  /** Forgets a connection; returns the frame body that tells the others, or `null` when it had no presence. */
  leave(connectionId: number): Uint8Array | null;
  /** Everyone's presence for a newcomer, or `null` when nobody is there. */
  everyone(now: Instant): Uint8Array | null;
}

interface Entry {
  readonly clientId: number;
  readonly userId: string;
  clock: number;
  state: PresenceUpdate["state"];
}

interface RemoteEntry extends PresenceUpdate {
  readonly seenAt: Instant;
}

// Stock clients repeat their presence every 15 s; whoever is silent for twice that is gone with their node.
const REMOTE_EXPIRES_MS = 30_000;

export function createPresence(): Presence {
  const byConnection = new Map<number, Entry>();
  const remote = new Map<number, RemoteEntry>();

  const holderOf = (clientId: number): [number, Entry] | undefined =>
    [...byConnection].find(([, entry]) => entry.clientId === clientId);

  return {
    update(connectionId, userId, presence) {
      if (claimsAnother(presence.state, userId)) return null;
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
    elsewhere(presence, at) {
      const known = remote.get(presence.clientId);
      // y-protocols lets a departure carry the clock of the last state.
      const newest =
        known === undefined ||
        presence.clock > known.clock ||
        (presence.clock === known.clock && presence.state === null);
      if (!newest) return false;
      if (presence.state === null) remote.delete(presence.clientId);
      else remote.set(presence.clientId, { ...presence, seenAt: at });
      return holderOf(presence.clientId) === undefined;
    },
    leave(connectionId) {
      const entry = byConnection.get(connectionId);
      byConnection.delete(connectionId);
      if (entry === undefined || entry.state === null) return null;
      return encodePresence([{ clientId: entry.clientId, clock: entry.clock + 1, state: null }]);
    },
    everyone(now) {
      const here = [...byConnection.values()].filter((entry) => entry.state !== null);
      const ids = new Set(here.map((entry) => entry.clientId));
      const there = [...remote.values()].filter(
        (entry) => now - entry.seenAt < REMOTE_EXPIRES_MS && !ids.has(entry.clientId),
      );
      const present: PresenceUpdate[] = [...here, ...there];
      return present.length === 0 ? null : encodePresence(present);
    },
  };
}

/** Whether somebody says to be a user that they are not; saying nothing about it is fine. */
function claimsAnother(state: PresenceUpdate["state"], userId: string): boolean {
  const user = state?.["user"];
  if (typeof user !== "object" || user === null || !("id" in user)) return false;
  return user.id !== userId;
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
