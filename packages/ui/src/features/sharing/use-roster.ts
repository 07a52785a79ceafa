import type { HostContract, SyncStatus } from "@ecolocal/core/api";
import type { In, Out } from "@ecolocal/core/api/rpc";
import { type UseMutationResult, type UseQueryResult, useMutation, useQueryClient } from "@tanstack/react-query";
import { useClient, useEngine } from "../../client/index.ts";

export type Me = NonNullable<SyncStatus["me"]>;

/** The server tells nobody when a list of people changes, so an open one looks again, in ms. */
const LOOK_EVERY_MS = 15_000;

type ListName = "member.list" | "device.list" | "invitation.list";
type ChangeName = "member.setRole" | "member.remove" | "device.revoke" | "invitation.revoke";

/** A list that the group's server keeps; asks again while it is shown. */
export function useRoster<K extends ListName>(list: K): UseQueryResult<Out<HostContract, K>> {
  return useEngine(list, {} as In<HostContract, K>, { refetchInterval: LOOK_EVERY_MS });
}

/** Changes a list of the server; the answer is the list as it is then. */
export function useRosterChange<K extends ChangeName>(
  change: K,
  list: ListName,
): UseMutationResult<Out<HostContract, K>, Error, In<HostContract, K>> {
  const client = useClient();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (input: In<HostContract, K>) => client.call(change, input),
    onSuccess: (now) => queries.setQueryData([list, {}], now),
  });
}
