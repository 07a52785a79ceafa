import { randomBytes } from "node:crypto";
import { join } from "node:path";
import type { ShareStatus } from "@ecolocal/core/api";
import { SEGMENT_LIMITS } from "@ecolocal/core/series/segments";
import {
  type Clock,
  createIdSource,
  DAY_MS,
  err,
  type Failure,
  type IdSource,
  ok,
  type Result,
} from "@ecolocal/core/shared";
import { type Hosting, openHosting } from "@ecolocal/db/hosting";
import { Accounts, createAccountRoutes, createTokens } from "@ecolocal/sync/accounts";
import { formatInvitationLink } from "@ecolocal/sync/client";
import { CLOSE } from "@ecolocal/sync/protocol";
import { deviceKeys } from "@ecolocal/sync/segments";
import { SyncService } from "@ecolocal/sync/service";
import { localAddresses } from "../network/local-addresses.ts";

export interface GroupHostOptions {
  readonly workspaceDir: string;
  readonly appVersion: string;
  readonly clock: Clock;
  /** Where to listen; every network of this computer when absent. */
  readonly address?: string;
}

interface Running {
  readonly service: SyncService;
  readonly accounts: Accounts;
  readonly hosting: Hosting;
  readonly ids: IdSource;
  readonly port: number;
}

const EVERYWHERE = "0.0.0.0";
const LOOPBACK = "127.0.0.1";

/**
 * The group's server inside a member's program, for a meeting: the same service as the real server, on SQLite in the
 * workspace's folder. Others come over the local network. The hosted copy lasts: the next time it goes on from there.
 */
export class GroupHost {
  readonly #options: GroupHostOptions;
  #running: Running | undefined;

  constructor(options: GroupHostOptions) {
    this.#options = options;
  }

  /** The address that this computer itself uses; null while it does not host. */
  get ownAddress(): string | null {
    return this.#running === undefined ? null : `http://${LOOPBACK}:${this.#running.port}`;
  }

  /** The address to put into invitations; null while it does not host. */
  get publicAddress(): string | null {
    return this.status().addresses[0] ?? this.ownAddress;
  }

  status(): ShareStatus {
    const running = this.#running;
    if (running === undefined) return { hosting: false, addresses: [], port: null, connected: 0 };
    const { port, service } = running;
    const addresses = localAddresses().map((address) => `http://${address}:${port}`);
    const devices = new Set<string>();
    for (const room of service.hub.rooms()) for (const { deviceId } of room.peers(() => true)) devices.add(deviceId);
    return { hosting: true, addresses, port, connected: Math.max(0, devices.size - 1) };
  }

  /** Begins to host on a port (0 takes any free one); `SYNC_HOST_PORT_BUSY` when it is taken. */
  async start(port: number): Promise<Result<void, Failure>> {
    if (this.#running !== undefined) return ok(undefined);
    const { workspaceDir, appVersion, clock } = this.#options;
    const path = join(workspaceDir, "hosted", "group.db");
    const opened = openHosting(path, { appVersion, at: clock.now() });
    if (!opened.ok) return opened;
    const hosting = opened.value;
    const ids = createIdSource(clock, () => randomBytes(4).readUInt32LE() / 2 ** 32);
    const accounts = createAccounts(hosting, clock, ids, (test, code) =>
      service.disconnect(test, code, "access changed"),
    );
    const service: SyncService = new SyncService({
      store: hosting.updates,
      gatekeeper: accounts.gatekeeper(),
      routes: createAccountRoutes({ accounts, store: hosting.accounts, clock }),
      segments: {
        store: hosting.segments,
        limits: SEGMENT_LIMITS,
        clock,
        publicKeyOf: deviceKeys(hosting.accounts),
      },
      clock,
    });
    try {
      const { port: actual } = await service.listen(port, this.#options.address ?? EVERYWHERE);
      this.#running = { service, accounts, hosting, ids, port: actual };
      return ok(undefined);
    } catch (error) {
      hosting.close();
      return err(portBusy(port, error));
    }
  }

  /** Begins a group, if there is none yet, and gives the invitation with which its first steward joins. */
  async found(groupName: string): Promise<Result<string, Failure>> {
    const running = this.#running;
    const server = this.ownAddress;
    if (running === undefined || server === null) throw new TypeError("A group is founded while it is hosted.");
    const { hosting, accounts, ids } = running;
    const now = this.#options.clock.now();
    const [known] = await hosting.accounts.listWorkspaces();
    const workspaceId = known?.workspaceId ?? ids.next().toLowerCase();
    if (known === undefined) await hosting.accounts.createWorkspace(workspaceId, groupName, now);
    const invited = await accounts.invite(
      { userId: "host", role: "steward" },
      { workspaceId, role: "steward", label: "host", uses: 1, validForMs: DAY_MS },
    );
    return invited.ok ? ok(formatInvitationLink({ server, workspaceId, secret: invited.value.secret })) : invited;
  }

  /** Stops; whoever is connected goes on offline. */
  async stop(): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    if (running === undefined) return;
    await running.service.close();
    running.hosting.close();
  }
}

type Disconnect = (
  test: (peer: { readonly userId: string; readonly deviceId: string }) => boolean,
  code: typeof CLOSE.authorisationChanged | typeof CLOSE.unauthenticated,
) => void;

function createAccounts(hosting: Hosting, clock: Clock, ids: IdSource, disconnect: Disconnect): Accounts {
  return new Accounts({
    store: hosting.accounts,
    tokens: createTokens(hosting.signingKeys, clock),
    clock,
    ids,
    onAccessChanged({ userId, deviceId }) {
      disconnect(
        (peer) => peer.userId === userId && (deviceId === undefined || peer.deviceId === deviceId),
        deviceId === undefined ? CLOSE.authorisationChanged : CLOSE.unauthenticated,
      );
    },
  });
}

function portBusy(port: number, error: unknown): Failure<"SYNC_HOST_PORT_BUSY"> {
  const reason = error instanceof Error && "code" in error ? String(error.code) : "unknown reason";
  const detail = `Port ${port} cannot be used (${reason}).`;
  return { code: "SYNC_HOST_PORT_BUSY", op: "share.host", subject: String(port), detail, retry: "after-change" };
}
