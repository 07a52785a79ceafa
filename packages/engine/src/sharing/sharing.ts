import type { ShareStatus } from "@ecolocal/core/api";
import { err, type Failure, ok, type Result } from "@ecolocal/core/shared";
import type { Store } from "../store/index.ts";
import type { SyncClient } from "../sync/index.ts";
import { GroupHost } from "./group-host.ts";

export interface SharingContext {
  readonly store: Store;
  readonly sync: SyncClient;
  readonly appVersion: string;
  /** Where to listen; every network of this computer when absent. */
  readonly address?: string;
}

export interface HostRequest {
  readonly userName?: string | undefined;
  readonly deviceName?: string | undefined;
  readonly port?: number | undefined;
}

const PORT_KEY = "sharing.port";

/** Hosting the group from this computer: founds it with its first member, and goes on with it later. */
export interface Sharing {
  status(): ShareStatus;
  host(request: HostRequest): Promise<Result<ShareStatus, Failure>>;
  stop(): Promise<ShareStatus>;
}

export function createSharing({ store, sync, appVersion, address }: SharingContext): Sharing {
  const host = new GroupHost({
    workspaceDir: store.db.dir,
    appVersion,
    clock: store.clock,
    ...(address === undefined ? {} : { address }),
  });
  sync.setPublicAddress(() => host.publicAddress);

  async function begin(request: HostRequest): Promise<Result<void, Failure>> {
    const { userName, deviceName } = request;
    if (userName === undefined) return err(nameMissing());
    const link = await host.found(store.settings.workspaceInfo().name);
    if (!link.ok) return link;
    const joined = await sync.join({ link: link.value, userName, deviceName });
    return joined.ok ? ok(undefined) : joined;
  }

  return {
    status: () => host.status(),
    async host(request) {
      const { server } = sync.status();
      const ownPort = hostedPort(server);
      const refused = refuseHosting(store, server, ownPort !== null && ownPort === store.settings.get(PORT_KEY));
      if (refused !== null) return err(refused);
      const port = ownPort ?? request.port ?? 0;
      const started = await host.start(port);
      if (!started.ok) return started;
      const actual = host.status().port;
      const kept = store.db.write("share.host", PORT_KEY, () => store.settings.set(PORT_KEY, actual));
      const begun = kept.ok && server === null ? await begin(request) : kept;
      if (!begun.ok) {
        await host.stop();
        return begun;
      }
      if (server !== null) await sync.now();
      return ok(host.status());
    },
    async stop() {
      await host.stop();
      return host.status();
    },
  };
}

/** The port of a group that this computer hosts itself; null for any other server. */
function hostedPort(server: string | null): number | null {
  const port = /^http:\/\/127\.0\.0\.1:(\d+)$/.exec(server ?? "")?.[1];
  return port === undefined ? null : Number(port);
}

function refuseHosting(store: Store, server: string | null, isOwn: boolean): Failure | null {
  const op = "share.host";
  if (store.settings.workspaceInfo().kind === "demo") {
    const detail = "The demo is for trying things out, by oneself.";
    return { code: "SYNC_DEMO", op, subject: store.db.dir, detail, retry: "never" };
  }
  if (server === null || isOwn) return null;
  const detail = `This workspace belongs to the group on ${server}.`;
  return { code: "SYNC_ALREADY_JOINED", op, subject: server, detail, retry: "after-change" };
}

function nameMissing(): Failure<"SYNC_HOST_NAME_MISSING"> {
  const detail = "The group begins with you: it needs your name.";
  return { code: "SYNC_HOST_NAME_MISSING", op: "share.host", subject: "name", detail, retry: "after-change" };
}
