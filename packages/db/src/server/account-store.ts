import type { AccountFailure, AccountStore, Device, Invitation, Member, NewMember } from "@ecolocal/core/community";
import { err, type Instant, ok, type Result } from "@ecolocal/core/shared";
import type { Kysely, Selectable, Transaction } from "kysely";
import type { ServerTables } from "./schema.ts";

type Db = Kysely<ServerTables>;
type Trx = Transaction<ServerTables>;
type Done = Result<true, AccountFailure>;

const SERVER_ADMIN = "server-admin";

/** Accounts on PostgreSQL or PGlite. Unexpected database errors are thrown; refusals are results. */
export function createServerAccountStore(db: Db): AccountStore {
  return {
    ...workspaceAccounts(db),
    ...invitationAccounts(db),
    ...newcomerAccounts(db),
    ...memberAccounts(db),
    ...accessAccounts(db),
  };
}

function workspaceAccounts(db: Db) {
  return {
    async createWorkspace(workspaceId: string, name: string, at: Instant): Promise<Done> {
      return await db.transaction().execute(async (trx) => {
        const created = await trx
          .insertInto("workspaces")
          .values({ workspace_id: workspaceId, name, created_at: new Date(at) })
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirst();
        if (created.numInsertedOrUpdatedRows === 0n)
          return refuse("SYNC_WORKSPACE_EXISTS", workspaceId, "it exists already");
        await note(trx, workspaceId, SERVER_ADMIN, "workspace.create", name, at);
        return ok(true as const);
      });
    },
    async workspaceExists(workspaceId: string) {
      const row = await db
        .selectFrom("workspaces")
        .select("name")
        .where("workspace_id", "=", workspaceId)
        .executeTakeFirst();
      return row !== undefined;
    },
    async listWorkspaces() {
      const rows = await db.selectFrom("workspaces").selectAll().orderBy("workspace_id").execute();
      return rows.map((row) => ({
        workspaceId: row.workspace_id,
        name: row.name,
        createdAt: row.created_at.getTime(),
      }));
    },
    async deleteWorkspace(workspaceId: string): Promise<Done> {
      return await db.transaction().execute(async (trx) => {
        const gone = await trx.deleteFrom("workspaces").where("workspace_id", "=", workspaceId).executeTakeFirst();
        if (gone.numDeletedRows === 0n) return refuse("SYNC_WORKSPACE_UNKNOWN", workspaceId, "there is none");
        await trx.deleteFrom("sync_updates").where("workspace_id", "=", workspaceId).execute();
        await trx.deleteFrom("sync_documents").where("workspace_id", "=", workspaceId).execute();
        for (const table of ["segments", "segment_channels", "segment_uploads"] as const) {
          await trx.deleteFrom(table).where("workspace_id", "=", workspaceId).execute();
        }
        return ok(true as const);
      });
    },
  };
}

function invitationAccounts(db: Db) {
  return {
    async addInvitation(invitation: Invitation, secretHash: string): Promise<Done> {
      return await db.transaction().execute(async (trx) => {
        await trx
          .insertInto("invitations")
          .values({
            invitation_id: invitation.invitationId,
            workspace_id: invitation.workspaceId,
            secret_sha256: secretHash,
            role: invitation.role,
            label: invitation.label,
            created_by: invitation.createdBy,
            expires_at: new Date(invitation.expiresAt),
            uses_left: invitation.usesLeft,
            revoked_at: null,
          })
          .execute();
        await note(trx, invitation.workspaceId, invitation.createdBy, "invitation.create", invitation.role, Date.now());
        return ok(true as const);
      });
    },
    async listInvitations(workspaceId: string) {
      const rows = await db
        .selectFrom("invitations")
        .selectAll()
        .where("workspace_id", "=", workspaceId)
        .orderBy("expires_at")
        .execute();
      return rows.map(toInvitation);
    },
    async revokeInvitation(workspaceId: string, invitationId: string, by: string, at: Instant): Promise<Done> {
      return await db.transaction().execute(async (trx) => {
        const done = await trx
          .updateTable("invitations")
          .set({ revoked_at: new Date(at) })
          .where("workspace_id", "=", workspaceId)
          .where("invitation_id", "=", invitationId)
          .executeTakeFirst();
        if (done.numUpdatedRows === 0n) return refuse("SYNC_INVITATION_UNKNOWN", invitationId, "there is none");
        await note(trx, workspaceId, by, "invitation.revoke", invitationId, at);
        return ok(true as const);
      });
    },
    acceptInvitation: (member: NewMember) => db.transaction().execute((trx) => acceptInvitation(trx, member)),
  };
}

/** What a newcomer may ask with the secret of an invitation alone. */
function newcomerAccounts(db: Db) {
  return {
    async findInvitation(secretHash: string) {
      const row = await db
        .selectFrom("invitations")
        .selectAll("invitations")
        .innerJoin("workspaces", "workspaces.workspace_id", "invitations.workspace_id")
        .leftJoin("members", (join) =>
          join
            .onRef("members.workspace_id", "=", "invitations.workspace_id")
            .onRef("members.user_id", "=", "invitations.created_by"),
        )
        .select(["workspaces.name as workspace_name", "members.name as inviter_name"])
        .where("secret_sha256", "=", secretHash)
        .where("revoked_at", "is", null)
        .executeTakeFirst();
      if (row === undefined) return null;
      return { invitation: toInvitation(row), workspaceName: row.workspace_name, invitedBy: row.inviter_name ?? "" };
    },
    async findJoinedDevice(secretHash: string, publicKey: string) {
      const row = await db
        .selectFrom("devices")
        .innerJoin("invitations", "invitations.workspace_id", "devices.workspace_id")
        .selectAll("devices")
        .where("invitations.secret_sha256", "=", secretHash)
        .where("devices.public_key", "=", publicKey)
        .where("devices.revoked_at", "is", null)
        .executeTakeFirst();
      return row === undefined ? null : { device: toDevice(row), member: toMember(await memberOf(db, row)) };
    },
  };
}

async function memberOf(db: Db, device: { readonly workspace_id: string; readonly user_id: string }) {
  return await db
    .selectFrom("members")
    .selectAll()
    .where("workspace_id", "=", device.workspace_id)
    .where("user_id", "=", device.user_id)
    .executeTakeFirstOrThrow();
}

async function acceptInvitation(trx: Trx, newcomer: NewMember): Promise<Result<Member, AccountFailure>> {
  const invitation = await trx
    .selectFrom("invitations")
    .selectAll()
    .where("secret_sha256", "=", newcomer.invitationHash)
    .forUpdate()
    .executeTakeFirst();
  if (invitation === undefined || invitation.revoked_at !== null) {
    return refuse("SYNC_INVITATION_UNKNOWN", "invitation", "no such invitation, or it was withdrawn");
  }
  if (invitation.expires_at.getTime() <= newcomer.at)
    return refuse("SYNC_INVITATION_EXPIRED", invitation.label, "it has expired");
  if (invitation.uses_left === 0) return refuse("SYNC_INVITATION_USED", invitation.label, "all its places are taken");
  const { workspace_id: workspaceId, role } = invitation;
  await trx
    .updateTable("invitations")
    .set({ uses_left: invitation.uses_left - 1 })
    .where("invitation_id", "=", invitation.invitation_id)
    .execute();
  const joined = new Date(newcomer.at);
  await trx
    .insertInto("members")
    .values({ workspace_id: workspaceId, user_id: newcomer.userId, name: newcomer.userName, role, joined_at: joined })
    .execute();
  await trx
    .insertInto("devices")
    .values({
      device_id: newcomer.deviceId,
      workspace_id: workspaceId,
      user_id: newcomer.userId,
      name: newcomer.deviceName,
      public_key: newcomer.publicKey,
      added_at: joined,
      revoked_at: null,
    })
    .execute();
  await note(trx, workspaceId, newcomer.userId, "invitation.accept", invitation.invitation_id, newcomer.at);
  return ok({ workspaceId, userId: newcomer.userId, name: newcomer.userName, role, joinedAt: newcomer.at });
}

function memberAccounts(db: Db) {
  return {
    async findDevice(deviceId: string) {
      const device = await db.selectFrom("devices").selectAll().where("device_id", "=", deviceId).executeTakeFirst();
      if (device === undefined) return null;
      return { device: toDevice(device), member: toMember(await memberOf(db, device)) };
    },
    async listMembers(workspaceId: string) {
      const rows = await db
        .selectFrom("members")
        .selectAll()
        .where("workspace_id", "=", workspaceId)
        .orderBy("joined_at")
        .execute();
      return rows.map(toMember);
    },
    async listDevices(workspaceId: string) {
      const rows = await db
        .selectFrom("devices")
        .selectAll()
        .where("workspace_id", "=", workspaceId)
        .orderBy("added_at")
        .execute();
      return rows.map(toDevice);
    },
    changeRole: (workspaceId: string, userId: string, role: Member["role"], by: string, at: Instant) =>
      changeMember(db, workspaceId, userId, role === "steward", async (trx) => {
        await trx
          .updateTable("members")
          .set({ role })
          .where("workspace_id", "=", workspaceId)
          .where("user_id", "=", userId)
          .execute();
        await note(trx, workspaceId, by, `member.role.${role}`, userId, at);
      }),
    removeMember: (workspaceId: string, userId: string, by: string, at: Instant) =>
      changeMember(db, workspaceId, userId, false, async (trx) => {
        await trx.deleteFrom("members").where("workspace_id", "=", workspaceId).where("user_id", "=", userId).execute();
        await note(trx, workspaceId, by, "member.remove", userId, at);
      }),
    async revokeDevice(workspaceId: string, deviceId: string, by: string, at: Instant): Promise<Done> {
      return await db.transaction().execute(async (trx) => {
        const done = await trx
          .updateTable("devices")
          .set({ revoked_at: new Date(at) })
          .where("workspace_id", "=", workspaceId)
          .where("device_id", "=", deviceId)
          .where("revoked_at", "is", null)
          .executeTakeFirst();
        if (done.numUpdatedRows === 0n) return refuse("SYNC_DEVICE_UNKNOWN", deviceId, "there is none that is in use");
        await note(trx, workspaceId, by, "device.revoke", deviceId, at);
        return ok(true as const);
      });
    },
  };
}

async function changeMember(
  db: Db,
  workspaceId: string,
  userId: string,
  staysSteward: boolean,
  change: (trx: Trx) => Promise<void>,
): Promise<Done> {
  return await db.transaction().execute(async (trx) => {
    // The lock keeps two stewards from resigning at the same moment.
    const members = await trx
      .selectFrom("members")
      .select(["user_id", "role"])
      .where("workspace_id", "=", workspaceId)
      .forUpdate()
      .execute();
    const member = members.find((row) => row.user_id === userId);
    if (member === undefined) return refuse("SYNC_MEMBER_UNKNOWN", userId, "not a member of this workspace");
    const otherStewards = members.filter((row) => row.role === "steward" && row.user_id !== userId).length;
    if (member.role === "steward" && otherStewards === 0 && !staysSteward) {
      return refuse("SYNC_LAST_STEWARD", userId, "nobody else could run the workspace");
    }
    await change(trx);
    return ok(true as const);
  });
}

function accessAccounts(db: Db) {
  return {
    async setDocumentAccess(
      workspaceId: string,
      documentId: string,
      userId: string,
      access: "write" | "read" | "none" | null,
      by: string,
      at: Instant,
    ): Promise<Done> {
      return await changeMember(db, workspaceId, userId, true, async (trx) => {
        const row = { workspace_id: workspaceId, document_id: documentId, user_id: userId };
        if (access === null) {
          await trx
            .deleteFrom("document_access")
            .where("workspace_id", "=", workspaceId)
            .where("document_id", "=", documentId)
            .where("user_id", "=", userId)
            .execute();
        } else {
          await trx
            .insertInto("document_access")
            .values({ ...row, access })
            .onConflict((conflict) =>
              conflict.columns(["workspace_id", "document_id", "user_id"]).doUpdateSet({ access }),
            )
            .execute();
        }
        await note(trx, workspaceId, by, `access.${access ?? "default"}`, `${documentId} ${userId}`, at);
      });
    },
    async documentAccess(workspaceId: string, documentId: string, userId: string) {
      const row = await db
        .selectFrom("document_access")
        .select("access")
        .where("workspace_id", "=", workspaceId)
        .where("document_id", "=", documentId)
        .where("user_id", "=", userId)
        .executeTakeFirst();
      return row?.access ?? null;
    },
    async audit(workspaceId: string, limit: number) {
      const rows = await db
        .selectFrom("audit_log")
        .selectAll()
        .where("workspace_id", "=", workspaceId)
        .orderBy("entry_id", "desc")
        .limit(limit)
        .execute();
      return rows.map((row) => ({
        at: row.at.getTime(),
        workspaceId,
        userId: row.user_id,
        action: row.action,
        subject: row.subject,
      }));
    },
  };
}

async function note(
  trx: Trx,
  workspaceId: string,
  userId: string,
  action: string,
  subject: string,
  at: Instant,
): Promise<void> {
  await trx
    .insertInto("audit_log")
    .values({ at: new Date(at), workspace_id: workspaceId, user_id: userId, action, subject })
    .execute();
}

function refuse(
  code: AccountFailure["code"],
  subject: string,
  detail: string,
): { readonly ok: false; readonly error: AccountFailure } {
  return err({ code, op: "accounts", subject, detail, retry: "after-change" });
}

function toMember(row: Selectable<ServerTables["members"]>): Member {
  return {
    workspaceId: row.workspace_id,
    userId: row.user_id,
    name: row.name,
    role: row.role,
    joinedAt: row.joined_at.getTime(),
  };
}

function toDevice(row: Selectable<ServerTables["devices"]>): Device {
  return {
    deviceId: row.device_id,
    workspaceId: row.workspace_id,
    userId: row.user_id,
    name: row.name,
    publicKey: row.public_key,
    addedAt: row.added_at.getTime(),
    revokedAt: row.revoked_at?.getTime() ?? null,
  };
}

function toInvitation(row: Selectable<ServerTables["invitations"]>): Invitation {
  return {
    invitationId: row.invitation_id,
    workspaceId: row.workspace_id,
    role: row.role,
    label: row.label,
    createdBy: row.created_by,
    expiresAt: row.expires_at.getTime(),
    usesLeft: row.uses_left,
    revokedAt: row.revoked_at?.getTime() ?? null,
  };
}
