import { randomBytes } from "node:crypto";
import type { Failure } from "@ecolocal/core/shared";
import { createDevGatekeeper, type Gatekeeper, SyncService } from "@ecolocal/sync/service";
import type { Logger } from "pino";
import type { ServerConfig } from "./config/index.ts";
import { openStore } from "./open-store.ts";

const DEV_WORKSPACE = "w1";
const TOKEN_BYTES = 32;

export interface RunningServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts the server; `print` gets the one JSON line that `--dev-token` promises. Returns the failure instead of starting. */
export async function runServer(
  config: ServerConfig,
  logger: Logger,
  print: (line: string) => void,
): Promise<RunningServer | Failure> {
  const opened = await openStore(config);
  if (!opened.ok) return opened.error;
  const token = randomBytes(TOKEN_BYTES).toString("base64url");
  const service = new SyncService({
    store: opened.value.store,
    gatekeeper: config.devToken ? createDevGatekeeper(token, DEV_WORKSPACE) : closedGatekeeper(),
    clock: Date,
    durability: config.durability,
    allowedOrigins: config.allowedOrigins,
    events: { onRejected: (reason) => logger.info({ reason }, "refused") },
  });
  const address = await service.listen(config.port, config.host);
  const host = address.family === "IPv6" ? `[${address.address}]` : address.address;
  const url = `ws://${host}:${address.port}`;
  logger.info({ url, store: opened.value.kind, durability: config.durability }, "listening");
  if (config.devToken) print(JSON.stringify({ url, path: `/v1/ws/${DEV_WORKSPACE}/{room}`, token }));
  return {
    url,
    async stop() {
      logger.info("draining");
      await service.drain(config.drainWindowMs);
      await service.close();
      await opened.value.close();
      logger.info("stopped");
    },
  };
}

/** Without accounts nobody is let in. */
function closedGatekeeper(): Gatekeeper {
  return {
    authenticate: async () => ({
      ok: false,
      error: {
        code: "SYNC_TOKEN_REFUSED",
        op: "authenticate",
        subject: "server",
        detail: "no accounts exist",
        retry: "never",
      },
    }),
    access: async () => "none",
  };
}
