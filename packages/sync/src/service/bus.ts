import type { ChangeBus } from "@ecolocal/core/documents/store";

/** For a single node: nobody else needs to know. */
export function createLocalBus(): ChangeBus {
  return {
    publishStored: () => undefined,
    publishPresence: () => undefined,
    subscribe: async () => undefined,
    close: async () => undefined,
  };
}
