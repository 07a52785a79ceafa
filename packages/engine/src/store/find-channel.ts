import type { Channel } from "@ecolocal/core/sensing";
import type { Ulid } from "@ecolocal/core/shared";
import type { Store } from "./store.ts";

/** A channel whose readings may be looked at: an own one, or one that another member shares. Null for neither. */
export function findReadableChannel(store: Pick<Store, "channels" | "received">, id: Ulid): Channel | null {
  return store.channels.find(id) ?? store.received.find(id);
}
