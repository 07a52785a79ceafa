import { randomBytes } from "node:crypto";
import { createIdSource, type Failure } from "@ecolocal/core/shared";
import { Accounts, createAccountRoutes, createTokens } from "@ecolocal/sync/accounts";
import { CLOSE } from "@ecolocal/sync/protocol";
import { createDevGatekeeper, SyncService } from "@ecolocal/sync/service";
import type { Logger } from "pino";
import type { ServerConfig } from "./config/index.ts";
import { createServerMetrics, serveMetrics } from "./observability/index.ts";
import { type OpenStore, openStore } from "./open-store.ts";

const DEV_WORKSPACE = "w1";
const TOKEN_BYTES = 32;
const FIRST_WORKSPACE = "main";
const FIRST_INVITATION_MS = 7 * 86_400_000;

export interface RunningServer {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Starts the server. `print` gets one JSON line: with `--dev-token` the token, on the very first start the invitation
 * with which the first steward joins. Returns the failure instead of starting.
 */
export async function runServer(
  config: ServerConfig,
  logger: Logger,
  print: (line: string) => void,
): Promise<RunningServer | Failure> {
  const opened = await openStore(config);
  if (!opened.ok) return opened.error;
  const store = opened.value;
  const token = randomBytes(TOKEN_BYTES).toString("base64url");
  const metrics = createServerMetrics(store.schemaVersion, store.fsyncs);
  const accounts = createAccounts(store, (test, code) => service.disconnect(test, code, "access changed"));
  const service: SyncService = new SyncService({
    store: store.updates,
    gatekeeper: config.devToken ? createDevGatekeeper(token, DEV_WORKSPACE) : accounts.gatekeeper(),
    routes: config.devToken ? [] : createAccountRoutes({ accounts, store: store.accounts, clock: Date }),
    clock: Date,
    ...(store.bus === null ? {} : { bus: store.bus }),
    durability: config.durability,
    allowedOrigins: config.allowedOrigins,
    events: metrics.events,
    notReady: store.schemaTrouble,
  });
  metrics.observe(service);
  const exporter = config.metricsPort === null ? null : await serveMetrics(metrics, config.metricsPort, config.host);
  const address = await service.listen(config.port, config.host);
  const host = address.family === "IPv6" ? `[${address.address}]` : address.address;
  const url = `ws://${host}:${address.port}`;
  logger.info({ url, store: store.kind, durability: config.durability }, "listening");
  if (config.devToken) print(JSON.stringify({ url, path: `/v1/ws/${DEV_WORKSPACE}/{room}`, token }));
  else await inviteFirstSteward(store, accounts, url, print);
  return {
    url,
    async stop() {
      logger.info("draining");
      await service.drain(config.drainWindowMs, config.drainDelayMs);
      await service.close();
      exporter?.close();
      await store.close();
      logger.info("stopped");
    },
  };
}

type Disconnect = (
  test: (peer: { readonly userId: string; readonly deviceId: string }) => boolean,
  code: typeof CLOSE.authorisationChanged | typeof CLOSE.unauthenticated,
) => void;

function createAccounts(store: OpenStore, disconnect: Disconnect): Accounts {
  return new Accounts({
    store: store.accounts,
    tokens: createTokens(store.signingKeys, Date),
    clock: Date,
    ids: createIdSource(Date, () => randomBytes(4).readUInt32LE() / 2 ** 32),
    onAccessChanged({ userId, deviceId }) {
      const revoked = deviceId !== undefined;
      disconnect(
        (peer) => peer.userId === userId && (!revoked || peer.deviceId === deviceId),
        revoked ? CLOSE.unauthenticated : CLOSE.authorisationChanged,
      );
    },
  });
}

// Nobody can invite the first person: the server does, once, to whoever reads its output.
async function inviteFirstSteward(
  store: OpenStore,
  accounts: Accounts,
  url: string,
  print: (line: string) => void,
): Promise<void> {
  const created = await store.accounts.createWorkspace(FIRST_WORKSPACE, "Our group", Date.now());
  const nobodyYet = (await store.accounts.listMembers(FIRST_WORKSPACE)).length === 0;
  if (!created.ok && !nobodyYet) return;
  const made = await accounts.invite(
    { userId: "server", role: "steward" },
    { workspaceId: FIRST_WORKSPACE, role: "steward", label: "first steward", uses: 1, validForMs: FIRST_INVITATION_MS },
  );
  if (made.ok) {
    const link = `ecolocal://join?server=${encodeURIComponent(url)}&workspace=${FIRST_WORKSPACE}#${made.value.secret}`;
    print(JSON.stringify({ url, workspace: FIRST_WORKSPACE, invitation: link, role: "steward" }));
  }
}
