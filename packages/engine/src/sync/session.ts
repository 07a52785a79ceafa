import { randomInt } from "node:crypto";
import { ok, type Result } from "@ecolocal/core/shared";
import { type Access, createAccess } from "./access.ts";
import { type DeviceKey, loadDeviceKey } from "./device-key.ts";
import { createLiveDocuments, type LiveDocuments } from "./live-documents.ts";
import type { Membership, MembershipFiles } from "./membership.ts";
import type { Replica } from "./replica.ts";
import { webSocketAddress } from "./server-address.ts";
import { createServerConnection, type ServerConnection } from "./server-connection.ts";
import { type ServerDocuments, serverDocuments } from "./server-documents.ts";
import { type ServerSegments, serverSegments } from "./server-segments.ts";
import type { SyncFailure } from "./sync-failure.ts";

/** Everything that belongs to one membership: it ends with it. */
export interface Session {
  readonly connection: ServerConnection;
  readonly access: Access;
  readonly documents: ServerDocuments;
  readonly segments: ServerSegments;
  /** Signs what this device makes. */
  readonly key: DeviceKey;
  readonly live: LiveDocuments;
  membership(): Membership;
  update(change: Partial<Membership>): void;
  /** Whether the server was asked for its protocol; false again after it could not be reached. */
  greeted: boolean;
  close(): void;
}

export interface SessionContext {
  readonly workspaceDir: string;
  readonly files: MembershipFiles;
  readonly replica: Replica;
  readonly clock: { now(): number };
  onChange(): void;
  onNews(): void;
  onDocumentsChanged(): void;
}

export const strongRandom = (): number => randomInt(2 ** 47) / 2 ** 47;

export function openSession(joined: Membership, context: SessionContext): Result<Session, SyncFailure> {
  const key = loadDeviceKey(context.workspaceDir);
  if (!key.ok) return key;
  let membership = joined;
  const update = (change: Partial<Membership>): void => {
    membership = { ...membership, ...change };
    context.files.write(membership);
  };
  const connection = createServerConnection(joined.server, context.clock);
  const access = createAccess({
    connection,
    membership: joined,
    key: key.value,
    files: context.files,
    clock: context.clock,
    onRole(role) {
      if (role !== membership.role) update({ role });
    },
  });
  const live = createLiveDocuments(joined, {
    replica: context.replica,
    access,
    roomsUrl: `${webSocketAddress(joined.server)}/v1/ws/${joined.groupId}`,
    random: strongRandom,
    canWrite: () => membership.role !== "guest",
    onChange: context.onChange,
    onNews: context.onNews,
    onDocumentsChanged: context.onDocumentsChanged,
  });
  return ok({
    connection,
    access,
    documents: serverDocuments(connection, access, joined.groupId),
    segments: serverSegments(connection, access, joined.groupId),
    key: key.value,
    live,
    membership: () => membership,
    update,
    greeted: false,
    close: () => live.close(),
  });
}
