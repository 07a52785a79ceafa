import type { LinkState } from "@ecolocal/core/api/rpc";
import { useCallback, useSyncExternalStore } from "react";
import { useClient } from "./client-context.ts";

/** Whether the engine is there: connecting, open, lost or refused. */
export function useLinkState(): LinkState {
  const client = useClient();
  const subscribe = useCallback((changed: () => void) => client.onState(() => changed()), [client]);
  return useSyncExternalStore(subscribe, () => client.state());
}
