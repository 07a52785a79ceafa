import type { Failure, Instant, Result } from "../shared/index.ts";
import type { MemberRole } from "./role.ts";

export interface Member {
  readonly workspaceId: string;
  readonly userId: string;
  readonly name: string;
  readonly role: MemberRole;
  readonly joinedAt: Instant;
}

/** A computer or phone of a member; its private key never leaves it. */
export interface Device {
  readonly deviceId: string;
  readonly workspaceId: string;
  readonly userId: string;
  readonly name: string;
  /** Ed25519 public key, 32 bytes, base64url. */
  readonly publicKey: string;
  readonly addedAt: Instant;
  readonly revokedAt: Instant | null;
}

export interface Invitation {
  readonly invitationId: string;
  readonly workspaceId: string;
  readonly role: MemberRole;
  readonly label: string;
  readonly createdBy: string;
  readonly expiresAt: Instant;
  readonly usesLeft: number;
  readonly revokedAt: Instant | null;
}

/** An invitation as a newcomer sees it. */
export interface InvitationOffer {
  readonly invitation: Invitation;
  readonly workspaceName: string;
  /** Name of the member who made it; empty when the server did or the member has left. */
  readonly invitedBy: string;
}

export interface AuditEntry {
  readonly at: Instant;
  readonly workspaceId: string;
  readonly userId: string | null;
  readonly action: string;
  readonly subject: string;
}

export type AccountFailure = Failure<
  | "SYNC_INVITATION_UNKNOWN"
  | "SYNC_INVITATION_EXPIRED"
  | "SYNC_INVITATION_USED"
  | "SYNC_DEVICE_UNKNOWN"
  | "SYNC_DEVICE_REVOKED"
  | "SYNC_MEMBER_UNKNOWN"
  | "SYNC_LAST_STEWARD"
  | "SYNC_WORKSPACE_UNKNOWN"
  | "SYNC_WORKSPACE_EXISTS"
  | "SYNC_ROLE_INSUFFICIENT"
>;

export interface NewMember {
  readonly invitationHash: string;
  readonly userId: string;
  readonly userName: string;
  readonly deviceId: string;
  readonly deviceName: string;
  readonly publicKey: string;
  readonly at: Instant;
}

/** Who may do what, kept in the server's database and never in documents. Every change is written to the audit log. */
export interface AccountStore {
  createWorkspace(workspaceId: string, name: string, at: Instant): Promise<Result<true, AccountFailure>>;
  workspaceExists(workspaceId: string): Promise<boolean>;
  listWorkspaces(): Promise<
    readonly { readonly workspaceId: string; readonly name: string; readonly createdAt: Instant }[]
  >;
  /** Removes a workspace with all its documents, members and invitations. */
  deleteWorkspace(workspaceId: string): Promise<Result<true, AccountFailure>>;
  /** Keeps an invitation by the SHA-256 of its secret. */
  addInvitation(invitation: Invitation, secretHash: string): Promise<Result<true, AccountFailure>>;
  listInvitations(workspaceId: string): Promise<readonly Invitation[]>;
  revokeInvitation(
    workspaceId: string,
    invitationId: string,
    by: string,
    at: Instant,
  ): Promise<Result<true, AccountFailure>>;
  /** What an invitation offers, by the SHA-256 of its secret; `null` when there is none or it was withdrawn. */
  findInvitation(secretHash: string): Promise<InvitationOffer | null>;
  /** The device with this key in the workspace of an invitation, unless it was revoked: its answer may have been lost. */
  findJoinedDevice(
    secretHash: string,
    publicKey: string,
  ): Promise<{ readonly device: Device; readonly member: Member } | null>;
  /** Uses one place of an invitation, adds the member and registers the device: all or nothing. */
  acceptInvitation(member: NewMember): Promise<Result<Member, AccountFailure>>;
  findDevice(deviceId: string): Promise<{ readonly device: Device; readonly member: Member } | null>;
  listMembers(workspaceId: string): Promise<readonly Member[]>;
  listDevices(workspaceId: string): Promise<readonly Device[]>;
  /** Refused with SYNC_LAST_STEWARD when nobody would be left to run the workspace. */
  changeRole(
    workspaceId: string,
    userId: string,
    role: MemberRole,
    by: string,
    at: Instant,
  ): Promise<Result<true, AccountFailure>>;
  removeMember(workspaceId: string, userId: string, by: string, at: Instant): Promise<Result<true, AccountFailure>>;
  revokeDevice(workspaceId: string, deviceId: string, by: string, at: Instant): Promise<Result<true, AccountFailure>>;
  /** An override for one document; `null` removes it. */
  setDocumentAccess(
    workspaceId: string,
    documentId: string,
    userId: string,
    access: "write" | "read" | "none" | null,
    by: string,
    at: Instant,
  ): Promise<Result<true, AccountFailure>>;
  documentAccess(workspaceId: string, documentId: string, userId: string): Promise<"write" | "read" | "none" | null>;
  audit(workspaceId: string, limit: number): Promise<readonly AuditEntry[]>;
}
