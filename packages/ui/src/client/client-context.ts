import type { HostContract } from "@ecolocal/core/api";
import type { ReconnectingClient } from "@ecolocal/core/api/rpc";
import { createContext, use } from "react";

export type EngineClient = Pick<ReconnectingClient<HostContract>, "call" | "stream" | "state" | "onState">;

export const ClientContext = createContext<EngineClient | undefined>(undefined);

/** The engine, as this window reaches it. */
export function useClient(): EngineClient {
  const client = use(ClientContext);
  if (client === undefined) throw new Error("useClient needs a ClientContext above it.");
  return client;
}
