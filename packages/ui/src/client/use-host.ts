import type { HostContract, HostState } from "@ecolocal/core/api";
import type { CallName, In, Out } from "@ecolocal/core/api/rpc";
import { type UseMutationResult, useMutation } from "@tanstack/react-query";
import { create } from "zustand";
import { type EngineClient, useClient } from "./client-context.ts";

interface HostStore {
  /** Undefined until the host has answered for the first time. */
  readonly state: HostState | undefined;
  /** Where this page goes in the workspace it is about to open. */
  readonly next: string;
}

const HOME = "#/";
const useHostStore = create<HostStore>(() => ({ state: undefined, next: HOME }));

/** Which workspace the host shows, or why it shows none. */
export function useHostState(): HostState | undefined {
  return useHostStore(({ state }) => state);
}

/** Follows the host until `signal` is aborted; another workspace than at first is a reason to start anew. */
export async function followHost(
  client: EngineClient,
  signal: AbortSignal,
  startAnew: (address: string) => void,
): Promise<void> {
  let first: string | undefined;
  try {
    for await (const state of client.stream("workspace.current", {}, { signal })) {
      const shown = JSON.stringify(state);
      first ??= shown;
      if (shown !== first) return startAnew(useHostStore.getState().next);
      useHostStore.setState({ state });
    }
  } catch {
    // The end of the link is shown by the connection banner; nothing else can end this stream.
  }
}

type ChangeName = Extract<CallName<HostContract>, `workspace.${"open" | "demo" | "create" | "join" | "restore"}`>;

/**
 * Goes to another workspace: the page starts anew in it, at `next`.
 *
 * Opening the same one again looks no different to whoever follows the host, so this page starts anew by itself.
 */
export function useWorkspaceChange<K extends ChangeName>(
  procedure: K,
  next: string = HOME,
): UseMutationResult<Out<HostContract, K>, Error, In<HostContract, K>> {
  const client = useClient();
  return useMutation({
    mutationFn: (input: In<HostContract, K>) => {
      useHostStore.setState({ next });
      return client.call(procedure, input);
    },
    onSuccess: ({ path }) => {
      const { state } = useHostStore.getState();
      if (state?.kind === "open" && state.path === path) window.location.reload();
    },
  });
}
