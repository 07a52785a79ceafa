import { hostname } from "node:os";
import { ROLES } from "@ecolocal/core/community";
import { type Clock, type Failure, ok, type Result } from "@ecolocal/core/shared";
import { hashSecret, type InvitationLink, joinStatement } from "@ecolocal/sync/client";
import * as z from "zod";
import { loadDeviceKey } from "./device-key.ts";
import type { Membership } from "./membership.ts";
import { createServerConnection } from "./server-connection.ts";

const joinedAnswer = z.object({
  member: z.object({ userId: z.string(), name: z.string(), role: z.enum(ROLES), workspaceId: z.string() }),
  deviceId: z.string(),
});

const MAX_NAME = 120;

/**
 * Uses an invitation: proves that this device holds the key that it registers. A repeated attempt after a lost answer
 * is recognised by the key and uses no second place.
 */
export async function acceptInvitation(
  { workspaceDir, clock }: { readonly workspaceDir: string; readonly clock: Clock },
  link: InvitationLink,
  names: { readonly userName: string; readonly deviceName?: string | undefined },
): Promise<Result<Membership, Failure>> {
  const connection = createServerConnection(link.server, clock);
  const spoken = await connection.protocol();
  if (!spoken.ok) return spoken;
  const key = loadDeviceKey(workspaceDir);
  if (!key.ok) return key;
  const { publicKey } = key.value;
  const { secret } = link;
  const userName = names.userName.trim();
  const deviceName = (names.deviceName ?? hostname()).trim().slice(0, MAX_NAME) || "computer";
  const signature = key.value.sign(joinStatement(hashSecret(secret), publicKey));
  const accepted = await connection.json({
    method: "POST",
    path: "/v1/invitations/accept",
    body: { secret, userName, deviceName, publicKey, signature },
    answer: joinedAnswer,
  });
  if (!accepted.ok) return accepted;
  const { member, deviceId } = accepted.value;
  return ok({
    version: 1,
    server: link.server,
    groupId: member.workspaceId,
    userId: member.userId,
    userName: member.name,
    deviceId,
    deviceName,
    role: member.role,
    paused: false,
  });
}
