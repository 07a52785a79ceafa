import { RpcError } from "@ecolocal/core/api/rpc";
import { type Failure, ok, type Result } from "@ecolocal/core/shared";
import type { ChannelSharings, Patches, Sharing } from "../sharing/index.ts";
import type { GroupAccounts, SyncClient } from "../sync/index.ts";
import type { HandlersOf } from "./services.ts";
import type { SyncService } from "./sync-service.ts";

export type SyncAreas = "sync" | "presence" | "share" | "patch" | "member" | "device" | "invitation";

/** Loads the sync client at the first question about it. */
type SyncOf = () => Promise<Result<SyncClient, Failure>>;

const loadSync = () => import("../sync/index.ts");

export function syncHandlers(service: SyncService): HandlersOf<SyncAreas> {
  return {
    ...exchangeHandlers(service),
    ...accountHandlers(service.get),
    ...shareHandlers(service),
    ...patchHandlers(service),
  };
}

function patchHandlers(service: SyncService): HandlersOf<"patch"> {
  const withPatches = async <T>(
    work: (patches: Patches) => Result<T, Failure> | Promise<Result<T, Failure>>,
  ): Promise<Result<T, Failure>> => {
    const patches = await service.patches();
    return patches.ok ? await work(patches.value) : patches;
  };
  return {
    "patch.export": (request) => withPatches((patches) => patches.export(request)),
    "patch.preview": ({ data }) => withPatches((patches) => patches.preview(data)),
    "patch.import": ({ data, trust }) => withPatches((patches) => patches.import(data, trust)),
  };
}

function shareHandlers(service: SyncService): HandlersOf<"share"> {
  const withSharing = async <T>(
    work: (sharing: Sharing) => Promise<Result<T, Failure>>,
  ): Promise<Result<T, Failure>> => {
    const sharing = await service.sharing();
    return sharing.ok ? await work(sharing.value) : sharing;
  };
  const withLevels = async <T>(
    work: (levels: ChannelSharings) => Result<T, Failure> | Promise<Result<T, Failure>>,
  ): Promise<Result<T, Failure>> => {
    const levels = await service.channelSharings();
    return levels.ok ? await work(levels.value) : levels;
  };
  return {
    "share.host": (request) => withSharing((sharing) => sharing.host(request)),
    "share.stop": () => withSharing(async (sharing) => ok(await sharing.stop())),
    "share.channels": () => withLevels((levels) => ok(levels.list())),
    "share.setLevel": (level) => withLevels((levels) => levels.setLevel(level)),
    "share.exportSegment": (request) => withLevels((levels) => levels.exportSegment(request)),
    "share.status": () => withSharing(async (sharing) => ok(sharing.status())),
  };
}

function exchangeHandlers(service: SyncService): HandlersOf<"sync" | "presence"> {
  const sync: SyncOf = service.get;
  const withClient = async <T>(
    work: (client: SyncClient) => Result<T, Failure> | Promise<Result<T, Failure>>,
  ): Promise<Result<T, Failure>> => {
    const client = await sync();
    return client.ok ? await work(client.value) : client;
  };
  return {
    "sync.status": () => withClient((client) => ok(client.status())),
    "sync.watch": (_input, { signal }) => streamOf(sync, (client) => client.watch(signal)),
    "sync.now": () => withClient((client) => client.now()),
    "sync.pause": ({ paused }) => withClient((client) => client.setPaused(paused)),
    "sync.test": async ({ server }) => (await loadSync()).testServer(server, service.clock),
    "sync.preview": async ({ link }) => {
      const { parseInvitationLink, previewInvitation } = await loadSync();
      const parsed = parseInvitationLink(link);
      return parsed.ok ? await previewInvitation(parsed.value, service.clock) : parsed;
    },
    "sync.join": (request) => withClient((client) => client.join(request)),
    "sync.leave": () => withClient((client) => client.leave()),
    "sync.doctor": ({ repair }, { signal }) => withClient((client) => client.doctor(repair, signal)),
    "sync.invite": (request) =>
      withClient((client) => {
        const accounts = client.accounts();
        return accounts.ok ? accounts.value.invite(request) : accounts;
      }),
    "presence.watch": ({ documentId }, { signal }) =>
      streamOf(sync, (client) => client.watchPresence(documentId, signal)),
  };
}

function accountHandlers(sync: SyncOf): HandlersOf<"member" | "device" | "invitation"> {
  const withAccounts = async <T>(
    work: (accounts: GroupAccounts) => Promise<Result<T, Failure>>,
  ): Promise<Result<T, Failure>> => {
    const client = await sync();
    if (!client.ok) return client;
    const accounts = client.value.accounts();
    return accounts.ok ? await work(accounts.value) : accounts;
  };
  return {
    "member.list": () => withAccounts((accounts) => accounts.members()),
    "member.setRole": ({ userId, role }) => withAccounts((accounts) => accounts.setRole(userId, role)),
    "member.remove": ({ userId }) => withAccounts((accounts) => accounts.removeMember(userId)),
    "device.list": () => withAccounts((accounts) => accounts.devices()),
    "device.revoke": ({ deviceId }) => withAccounts((accounts) => accounts.revokeDevice(deviceId)),
    "invitation.list": () => withAccounts((accounts) => accounts.invitations()),
    "invitation.revoke": ({ invitationId }) => withAccounts((accounts) => accounts.revokeInvitation(invitationId)),
  };
}

async function* streamOf<T>(sync: SyncOf, open: (client: SyncClient) => AsyncIterable<T>): AsyncGenerator<T, void> {
  const client = await sync();
  if (!client.ok) throw new RpcError(client.error);
  yield* open(client.value);
}
