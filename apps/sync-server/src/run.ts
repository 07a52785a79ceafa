import { randomBytes } from "node:crypto";
import { SEGMENT_LIMITS } from "@ecolocal/core/series/segments";
import { createIdSource, type Failure } from "@ecolocal/core/shared";
import { Accounts, createAccountRoutes, createTokens } from "@ecolocal/sync/accounts";
import { formatInvitationLink } from "@ecolocal/sync/client";
import { CLOSE } from "@ecolocal/sync/protocol";
import { deviceKeys } from "@ecolocal/sync/segments";
import { createDevGatekeeper, SyncService } from "@ecolocal/sync/service";
import type { Logger } from "pino";
import { makeBackup, readBackupStatus, scheduleBackups, serveAdminSocket } from "./backup/index.ts";
import { APP_VERSION, type ServerConfig } from "./config/index.ts";
import { reachableUrl } from "./listen-address.ts";
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
 * with which the first steward joins. Returns the failure instead of starting. `adapt` changes the opened store: drills
 * run other versions of the program, and planted bugs, through it.
 */
export async function runServer(
  config: ServerConfig,
  logger: Logger,
  print: (line: string) => void,
  adapt: (store: OpenStore) => OpenStore = (store) => store,
): Promise<RunningServer | Failure> {
  const opened = await openStore(config);
  if (!opened.ok) return opened.error;
  const store = adapt(opened.value);
  const token = randomBytes(TOKEN_BYTES).toString("base64url");
  const metrics = createServerMetrics(store.schemaVersion, store.fsyncs, (request) => {
    logger.debug({ trace_id: request.traceId, ...request }, "request");
  });
  const accounts = createAccounts(store, (test, code) => service.disconnect(test, code, "access changed"));
  const service: SyncService = new SyncService({
    store: store.updates,
    gatekeeper: config.devToken ? createDevGatekeeper(token, DEV_WORKSPACE) : accounts.gatekeeper(),
    routes: config.devToken ? [] : createAccountRoutes({ accounts, store: store.accounts, clock: Date }),
    clock: Date,
    segments: {
      store: store.segments,
      limits: { ...SEGMENT_LIMITS, groupBytes: config.sharedReadingsBytes },
      clock: Date,
      publicKeyOf: deviceKeys(store.accounts),
    },
    ...(store.bus === null ? {} : { bus: store.bus }),
    durability: config.durability,
    allowedOrigins: config.allowedOrigins,
    events: metrics.events,
    notReady: store.schemaTrouble,
  });
  metrics.observe(service);
  if (config.databaseUrl === null) metrics.observeDisk(config.dataDirectory);
  metrics.observeBackups(() => readBackupStatus(config.backup.directory));
  const stopBackups = await runBackups(config, store, logger);
  const exporter = config.metricsPort === null ? null : await serveMetrics(metrics, config.metricsPort, config.host);
  const address = await service.listen(config.port, config.host);
  const host = address.family === "IPv6" ? `[${address.address}]` : address.address;
  const url = `ws://${host}:${address.port}`;
  const publicUrl = config.publicUrl ?? reachableUrl(host, address.port);
  logger.info({ url, store: store.kind, durability: config.durability }, "listening");
  if (config.devToken) print(JSON.stringify({ url, path: `/v1/ws/${DEV_WORKSPACE}/{room}`, token }));
  else await inviteFirstSteward(store, accounts, publicUrl, print);
  return {
    url,
    async stop() {
      logger.info("draining");
      await service.drain(config.drainWindowMs, config.drainDelayMs);
      await service.close();
      exporter?.close();
      await stopBackups();
      await store.close();
      logger.info("stopped");
    },
  };
}

/** Backups by the clock, and by command on the embedded database, which only this process can read. */
async function runBackups(config: ServerConfig, store: OpenStore, logger: Logger): Promise<() => Promise<void>> {
  const { everyMs, directory } = config.backup;
  const backup = async () => {
    const made = await makeBackup(store.db, { ...config.backup, appVersion: APP_VERSION, at: Date.now() });
    if (made.ok) logger.info({ backup: made.value }, "backup made");
    else logger.error({ failure: made.error }, "backup failed");
    return made;
  };
  const admin = store.kind === "pglite" ? await serveAdminSocket(config.dataDirectory, backup) : null;
  const schedule =
    everyMs === null
      ? null
      : scheduleBackups({
          everyMs,
          lastAt: () => readBackupStatus(directory).lastBackupAt ?? 0,
          now: Date.now,
          work: backup,
        });
  return async () => {
    schedule?.stop();
    await admin?.close();
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
  server: string,
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
    const link = formatInvitationLink({ server, workspaceId: FIRST_WORKSPACE, secret: made.value.secret });
    print(JSON.stringify({ url: server, workspace: FIRST_WORKSPACE, invitation: link, role: "steward" }));
  }
}
