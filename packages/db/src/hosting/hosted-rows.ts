import type { Device, Invitation, Member } from "@ecolocal/core/community";
import type { HostingTables } from "./hosting-schema.ts";

export function toMember(row: HostingTables["members"]): Member {
  return {
    workspaceId: row.workspace_id,
    userId: row.user_id,
    name: row.name,
    role: row.role,
    joinedAt: row.joined_at,
  };
}

export function toDevice(row: HostingTables["devices"]): Device {
  return {
    deviceId: row.device_id,
    workspaceId: row.workspace_id,
    userId: row.user_id,
    name: row.name,
    publicKey: row.public_key,
    addedAt: row.added_at,
    revokedAt: row.revoked_at,
  };
}

export function toInvitation(row: HostingTables["invitations"]): Invitation {
  return {
    invitationId: row.invitation_id,
    workspaceId: row.workspace_id,
    role: row.role,
    label: row.label,
    createdBy: row.created_by,
    expiresAt: row.expires_at,
    usesLeft: row.uses_left,
    revokedAt: row.revoked_at,
  };
}
