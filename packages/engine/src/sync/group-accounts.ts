import type { DeviceView, InvitationPreview, InvitationView, MemberView, NewInvitation } from "@ecolocal/core/api";
import { type MemberRole, ROLES } from "@ecolocal/core/community";
import { type Clock, ok, type Result } from "@ecolocal/core/shared";
import { formatInvitationLink, type InvitationLink } from "@ecolocal/sync/client";
import * as z from "zod";
import { isEncrypted } from "./server-address.ts";
import { createServerConnection } from "./server-connection.ts";
import type { Session } from "./session.ts";
import type { SyncFailure } from "./sync-failure.ts";

const role = z.enum(ROLES);
const member = z.object({ userId: z.string(), name: z.string(), role, joinedAt: z.number() });
const device = z.object({
  deviceId: z.string(),
  userId: z.string(),
  name: z.string(),
  addedAt: z.number(),
  revokedAt: z.number().nullable(),
});
const invitation = z.object({
  invitationId: z.string(),
  role,
  label: z.string(),
  createdBy: z.string(),
  expiresAt: z.number(),
  usesLeft: z.number(),
  revokedAt: z.number().nullable(),
});
const newInvitation = z.object({ invitation, secret: z.string() });
const preview = z.object({
  groupName: z.string(),
  role,
  label: z.string(),
  invitedBy: z.string(),
  expiresAt: z.number(),
  usesLeft: z.number(),
});
const done = z.unknown();

type Answer<T> = Promise<Result<T, SyncFailure>>;

export interface InvitationRequest {
  readonly role: MemberRole;
  readonly label: string;
  readonly uses: number;
  readonly validForDays: number;
}

/** Members, devices and invitations of the group, as its server keeps them. */
export interface GroupAccounts {
  members(): Answer<MemberView[]>;
  setRole(userId: string, role: MemberRole): Answer<MemberView[]>;
  removeMember(userId: string): Answer<MemberView[]>;
  devices(): Answer<DeviceView[]>;
  revokeDevice(deviceId: string): Answer<DeviceView[]>;
  invitations(): Answer<InvitationView[]>;
  invite(request: InvitationRequest): Answer<NewInvitation>;
  revokeInvitation(invitationId: string): Answer<InvitationView[]>;
}

/** `inviteTo` is the address that others shall use. */
export function groupAccounts({ connection, access, membership }: Session, inviteTo?: string | null): GroupAccounts {
  const { groupId, userId: ownUserId, deviceId: ownDeviceId } = membership();
  const server = inviteTo ?? membership().server;
  const ask = <T>(method: "GET" | "POST" | "DELETE", path: string, answer: z.ZodType<T>, body?: unknown): Answer<T> =>
    access.with((token) =>
      connection.json({
        method,
        path: `/v1/workspaces/${groupId}/${path}`,
        token,
        answer,
        ...(body === undefined ? {} : { body }),
      }),
    );
  const accounts: GroupAccounts = {
    async members() {
      const listed = await ask("GET", "members", z.array(member));
      return listed.ok ? ok(listed.value.map((one) => ({ ...one, isMe: one.userId === ownUserId }))) : listed;
    },
    async setRole(userId, wanted) {
      const changed = await ask("POST", `members/${userId}`, done, { role: wanted });
      return changed.ok ? await accounts.members() : changed;
    },
    async removeMember(userId) {
      const removed = await ask("DELETE", `members/${userId}`, done);
      return removed.ok ? await accounts.members() : removed;
    },
    async devices() {
      const listed = await ask("GET", "devices", z.array(device));
      return listed.ok ? ok(listed.value.map((one) => ({ ...one, isThis: one.deviceId === ownDeviceId }))) : listed;
    },
    async revokeDevice(deviceId) {
      const revoked = await ask("DELETE", `devices/${deviceId}`, done);
      return revoked.ok ? await accounts.devices() : revoked;
    },
    invitations: () => ask("GET", "invitations", z.array(invitation)),
    async invite(request) {
      const made = await ask("POST", "invitations", newInvitation, request);
      if (!made.ok) return made;
      const link = formatInvitationLink({ server, workspaceId: groupId, secret: made.value.secret });
      return ok({ ...made.value.invitation, link });
    },
    async revokeInvitation(invitationId) {
      const revoked = await ask("DELETE", `invitations/${invitationId}`, done);
      return revoked.ok ? await accounts.invitations() : revoked;
    },
  };
  return accounts;
}

/** Asks what an invitation offers, without using it. */
export async function previewInvitation(link: InvitationLink, clock: Clock): Answer<InvitationPreview> {
  const connection = createServerConnection(link.server, clock);
  const spoken = await connection.protocol();
  if (!spoken.ok) return spoken;
  const asked = await connection.json({
    method: "POST",
    path: "/v1/invitations/preview",
    body: { secret: link.secret },
    answer: preview,
  });
  if (!asked.ok) return asked;
  const { server, workspaceId } = link;
  return ok({ server, encrypted: isEncrypted(server), groupId: workspaceId, ...asked.value });
}
