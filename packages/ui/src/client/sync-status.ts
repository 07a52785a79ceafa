import type { SyncStatus } from "@ecolocal/core/api";
import { create } from "zustand";
import type { EngineClient } from "./client-context.ts";

const useSyncStore = create<{ readonly status: SyncStatus | undefined }>(() => ({ status: undefined }));

/** Whether and how the workspace is shared; undefined until the engine has said so. */
export function useSyncStatus(): SyncStatus | undefined {
  return useSyncStore(({ status }) => status);
}

/** Follows the exchange with the group's server until `signal` is aborted. */
export async function followSync(client: EngineClient, signal: AbortSignal): Promise<void> {
  try {
    for await (const status of client.stream("sync.watch", {}, { signal })) useSyncStore.setState({ status });
  } catch {
    // Without a workspace there is nothing to follow, and a lost link shows in the connection banner.
  }
}
