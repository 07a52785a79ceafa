import type { Contract } from "@ecolocal/core/api";
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
export function useEngine<K extends CallName<Contract>>(
  procedure: K,
  input: In<Contract, K>,
  options: EngineOptions = {},
): UseQueryResult<Out<Contract, K>> {
  const client = useClient();
  return useQuery<Out<Contract, K>>({
    queryKey: [procedure, input],
    queryFn: ({ signal }) => client.call(procedure, input, { signal }),
    enabled: options.enabled ?? true,
    ...(options.refetchInterval === undefined ? {} : { refetchInterval: options.refetchInterval }),
    ...(options.keepPrevious ? { placeholderData: keepPreviousData as never } : {}),
  });
}

/** Does something at the engine; what it changes comes back through the change stream. */
export function useEngineAction<K extends CallName<Contract>>(
  procedure: K,
): UseMutationResult<Out<Contract, K>, Error, In<Contract, K>> {
  const client = useClient();
  return useMutation({ mutationFn: (input: In<Contract, K>) => client.call(procedure, input) });
}
