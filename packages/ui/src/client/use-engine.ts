import type { HostContract } from "@ecolocal/core/api";
import type { CallName, In, Out } from "@ecolocal/core/api/rpc";
import {
  keepPreviousData,
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
} from "@tanstack/react-query";
import { useClient } from "./client-context.ts";

interface EngineOptions {
  readonly enabled?: boolean;
  readonly refetchInterval?: number;
  /** Keeps showing the last answer while the next one (another range, other assumptions) is on its way. */
  readonly keepPrevious?: boolean;
}

/** Asks the engine and stays up to date with its changes. */
export function useEngine<K extends CallName<HostContract>>(
  procedure: K,
  input: In<HostContract, K>,
  options: EngineOptions = {},
): UseQueryResult<Out<HostContract, K>> {
  const client = useClient();
  return useQuery<Out<HostContract, K>>({
    queryKey: [procedure, input],
    queryFn: ({ signal }) => client.call(procedure, input, { signal }),
    enabled: options.enabled ?? true,
    ...(options.refetchInterval === undefined ? {} : { refetchInterval: options.refetchInterval }),
    ...(options.keepPrevious ? { placeholderData: keepPreviousData as never } : {}),
  });
}

/** Does something at the engine; what it changes comes back through the change stream. */
export function useEngineAction<K extends CallName<HostContract>>(
  procedure: K,
): UseMutationResult<Out<HostContract, K>, Error, In<HostContract, K>> {
  const client = useClient();
  return useMutation({ mutationFn: (input: In<HostContract, K>) => client.call(procedure, input) });
}
