import type { Failure, Result } from "@ecolocal/core/shared";
import type { EngineLog } from "../log/index.ts";
import type { Projects } from "../projects/index.ts";
import type { ChannelSharings, Patches, Sharing } from "../sharing/index.ts";
import type { Store } from "../store/index.ts";
import { isJoined } from "../sync/device-folder.ts";
import type { SyncClient } from "../sync/index.ts";
import { createLazy } from "./lazy.ts";

export interface SyncServiceContext {
  readonly store: Store;
  readonly projects: () => Promise<Result<Projects, Failure>>;
  readonly log: EngineLog;
  readonly appVersion: string;
}

/** The sync client of a workspace: loaded when it is asked for, or at the start where the workspace belongs to a group. */
export interface SyncService {
  readonly clock: Store["clock"];
  get(): Promise<Result<SyncClient, Failure>>;
  /** Hosting from this computer; loaded when it is asked for. */
  sharing(): Promise<Result<Sharing, Failure>>;
  patches(): Promise<Result<Patches, Failure>>;
  /** Who gets which readings. */
  channelSharings(): Promise<Result<ChannelSharings, Failure>>;
  /** Exchanges in the background from now on. */
  start(): void;
  close(): Promise<void>;
}

export function createSyncService({ store, projects, log, appVersion }: SyncServiceContext): SyncService {
  let isBackground = false;
  let isClosed = false;
  const client = createLazy(async (): Promise<Result<SyncClient, Failure>> => {
    const opened = await projects();
    if (!opened.ok) return opened;
    const loaded = await import("../sync/index.ts");
    const made = new loaded.SyncClient({ store, projects: opened.value, log, appVersion });
    if (isBackground && !isClosed) made.start();
    return { ok: true, value: made };
  });
  const sharing = createLazy(async (): Promise<Result<Sharing, Failure>> => {
    const sync = await client.get();
    if (!sync.ok) return sync;
    const { createSharing } = await import("../sharing/index.ts");
    return { ok: true, value: createSharing({ store, sync: sync.value, appVersion }) };
  });
  const patches = createLazy(async (): Promise<Result<Patches, Failure>> => {
    const [sync, opened] = [await client.get(), await projects()];
    if (!sync.ok) return sync;
    if (!opened.ok) return opened;
    const { createPatches } = await import("../sharing/index.ts");
    return { ok: true, value: createPatches({ store, documents: opened.value.documents, sync: sync.value }) };
  });
  const channelSharings = createLazy(async (): Promise<Result<ChannelSharings, Failure>> => {
    const sync = await client.get();
    if (!sync.ok) return sync;
    const { createChannelSharings } = await import("../sharing/index.ts");
    return { ok: true, value: createChannelSharings(store, sync.value) };
  });
  return {
    clock: store.clock,
    get: client.get,
    patches: patches.get,
    channelSharings: channelSharings.get,
    sharing: sharing.get,
    start() {
      isBackground = true;
      if (isJoined(store.db.dir)) {
        client.get().catch((error: unknown) => log.write("error", "Sync could not be started.", { error }));
      } else void client.loaded().then((made) => (made?.ok ? made.value.start() : undefined));
    },
    async close() {
      isClosed = true;
      const made = await client.loaded();
      if (made?.ok) await made.value.close();
      const host = await sharing.loaded();
      if (host?.ok) await host.value.stop();
    },
  };
}
