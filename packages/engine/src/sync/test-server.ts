import type { ServerTest } from "@ecolocal/core/api";
import { type Clock, type Failure, ok, type Result } from "@ecolocal/core/shared";
import { parseServerAddress } from "@ecolocal/sync/client";
import { isEncrypted } from "./server-address.ts";
import { createServerConnection } from "./server-connection.ts";

/** Asks an address whether a sync server answers there that we can talk to. */
export async function testServer(address: string, clock: Clock): Promise<Result<ServerTest, Failure>> {
  const server = parseServerAddress(address);
  if (!server.ok) return server;
  const startedAt = performance.now();
  const protocol = await createServerConnection(server.value, clock).protocol();
  if (!protocol.ok) return protocol;
  const answeredInMs = Math.round(performance.now() - startedAt);
  return ok({ server: server.value, encrypted: isEncrypted(server.value), protocol: protocol.value, answeredInMs });
}
