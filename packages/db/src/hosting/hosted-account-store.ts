import type { AccountFailure, AccountStore, Member, NewMember } from "@ecolocal/core/community";
import { err, type Instant, ok, type Result } from "@ecolocal/core/shared";
import { createSyncQuery, type SqliteHandle, type SyncQuery } from "../sqlite/index.ts";
import { toDevice, toInvitation, toMember } from "./hosted-rows.ts";
import type { HostingTables } from "./hosting-schema.ts";

type Query = SyncQuery<HostingTables>;
type Done = Result<true, AccountFailure>;

const HOST = "host";

/** Who may do what in a group that is hosted on a member's computer; the same rules as the server's. */
export function createHostedAccountStore(handle: SqliteHandle): AccountStore {
  const query = createSyncQuery<HostingTables>(handle.sqlite);
  // Every refusal comes before the first write, so that a transaction that ends well has nothing to take back.
  const attempt = async <T>(work: () => Result<T, AccountFailure>): Promise<Result<T, AccountFailure>> => {
    let result: Result<T, AccountFailure> | undefined;
    handle.transaction(() => {
      result = work();
    });
    return result as Result<T, AccountFailure>;
  };
  return {
    ...workspaceAccounts(query, attempt),
    ...invitationAccounts(query, attempt),
    ...memberAccounts(query, attempt),
    ...accessAccounts(query, attempt),
  };
}

type Attempt = <T>(work: () => Result<T, AccountFailure>) => Promise<Result<T, AccountFailure>>;

function workspaceAccounts(query: Query, attempt: Attempt) {
  const { build } = query;
  return {
    createWorkspace: (workspaceId: string, name: string, at: Instant): Promise<Done> =>
      attempt(() => {
        const row = { workspace_id: workspaceId, name, created_at: at };
        const made = query.run(
          build
            .insertInto("workspaces")
            .values(row)
            .onConflict((other) => other.doNothing()),
        );
        if (made === 0) return refuse("SYNC_WORKSPACE_EXISTS", workspaceId, "it exists already");
        note(query, { at, workspaceId, by: HOST, action: "workspace.create", subject: name });
        return ok(true as const);
      }),
    async workspaceExists(workspaceId: string) {
      const found = build.selectFrom("workspaces").select("name").where("workspace_id", "=", workspaceId);
      return query.first(found) !== undefined;
    },
    async listWorkspaces() {
      return query.all(
        build
          .selectFrom("workspaces")
          .select(["workspace_id as workspaceId", "name", "created_at as createdAt"])
          .orderBy("workspace_id"),
      );
    },
    deleteWorkspace: (workspaceId: string): Promise<Done> =>
      attempt(() => {
        const gone = query.run(build.deleteFrom("workspaces").where("workspace_id", "=", workspaceId));
        if (gone === 0) return refuse("SYNC_WORKSPACE_UNKNOWN", workspaceId, "there is none");
        query.run(build.deleteFrom("sync_updates").where("workspace_id", "=", workspaceId));
        query.run(build.deleteFrom("sync_documents").where("workspace_id", "=", workspaceId));
        for (const table of ["segments", "segment_channels", "segment_uploads"] as const) {
          query.run(build.deleteFrom(table).where("workspace_id", "=", workspaceId));
        }
        return ok(true as const);
      }),
  };
}

function invitationAccounts(query: Query, attempt: Attempt) {
  const { build } = query;
  const bySecret = (secretHash: string) =>
    query.first(build.selectFrom("invitations").selectAll().where("secret_sha256", "=", secretHash));
  return {
    addInvitation: (invitation: ReturnType<typeof toInvitation>, secretHash: string): Promise<Done> =>
      attempt(() => {
        const { workspaceId, createdBy, role } = invitation;
        query.run(
          build.insertInto("invitations").values({
            invitation_id: invitation.invitationId,
            workspace_id: workspaceId,
            secret_sha256: secretHash,
            role,
            label: invitation.label,
            created_by: createdBy,
            expires_at: invitation.expiresAt,
            uses_left: invitation.usesLeft,
            revoked_at: null,
          }),
        );
        note(query, { at: Date.now(), workspaceId, by: createdBy, action: "invitation.create", subject: role });
        return ok(true as const);
      }),
    async listInvitations(workspaceId: string) {
      const found = build.selectFrom("invitations").selectAll().where("workspace_id", "=", workspaceId);
      return query.all(found.orderBy("expires_at")).map(toInvitation);
    },
    revokeInvitation: (workspaceId: string, invitationId: string, by: string, at: Instant): Promise<Done> =>
      attempt(() => {
        const changed = query.run(
          build
            .updateTable("invitations")
            .set({ revoked_at: at })
            .where("workspace_id", "=", workspaceId)
            .where("invitation_id", "=", invitationId),
        );
        if (changed === 0) return refuse("SYNC_INVITATION_UNKNOWN", invitationId, "there is none");
        note(query, { at, workspaceId, by, action: "invitation.revoke", subject: invitationId });
        return ok(true as const);
      }),
    async findInvitation(secretHash: string) {
      const row = bySecret(secretHash);
      if (row === undefined || row.revoked_at !== null) return null;
      const workspace = query.first(
        build.selectFrom("workspaces").select("name").where("workspace_id", "=", row.workspace_id),
      );
      const inviter = findMember(query, row.workspace_id, row.created_by);
      return { invitation: toInvitation(row), workspaceName: workspace?.name ?? "", invitedBy: inviter?.name ?? "" };
    },
    async findJoinedDevice(secretHash: string, publicKey: string) {
      const workspaceId = bySecret(secretHash)?.workspace_id;
      if (workspaceId === undefined) return null;
      const row = query.first(
        build
          .selectFrom("devices")
          .selectAll()
          .where("workspace_id", "=", workspaceId)
          .where("public_key", "=", publicKey)
          .where("revoked_at", "is", null),
      );
      const member = row === undefined ? undefined : findMember(query, workspaceId, row.user_id);
      return row === undefined || member === undefined ? null : { device: toDevice(row), member };
    },
    acceptInvitation: (newcomer: NewMember): Promise<Result<Member, AccountFailure>> =>
      attempt(() => accept(query, bySecret(newcomer.invitationHash), newcomer)),
  };
}

function accept(
  query: Query,
  invitation: HostingTables["invitations"] | undefined,
  newcomer: NewMember,
): Result<Member, AccountFailure> {
  const { build } = query;
  if (invitation === undefined || invitation.revoked_at !== null) {
    return refuse("SYNC_INVITATION_UNKNOWN", "invitation", "no such invitation, or it was withdrawn");
  }
  const { workspace_id: workspaceId, role, label, uses_left: usesLeft } = invitation;
  if (invitation.expires_at <= newcomer.at) return refuse("SYNC_INVITATION_EXPIRED", label, "it has expired");
  if (usesLeft === 0) return refuse("SYNC_INVITATION_USED", label, "all its places are taken");
  query.run(
    build
      .updateTable("invitations")
      .set({ uses_left: usesLeft - 1 })
      .where("invitation_id", "=", invitation.invitation_id),
  );
  const member = { workspace_id: workspaceId, user_id: newcomer.userId, name: newcomer.userName, role };
  query.run(build.insertInto("members").values({ ...member, joined_at: newcomer.at }));
  query.run(
    build.insertInto("devices").values({
      device_id: newcomer.deviceId,
      workspace_id: workspaceId,
      user_id: newcomer.userId,
      name: newcomer.deviceName,
      public_key: newcomer.publicKey,
      added_at: newcomer.at,
      revoked_at: null,
    }),
  );
  const subject = invitation.invitation_id;
  note(query, { at: newcomer.at, workspaceId, by: newcomer.userId, action: "invitation.accept", subject });
  return ok({ workspaceId, userId: newcomer.userId, name: newcomer.userName, role, joinedAt: newcomer.at });
}

function memberAccounts(query: Query, attempt: Attempt) {
  const { build } = query;
  return {
    async findDevice(deviceId: string) {
      const row = query.first(build.selectFrom("devices").selectAll().where("device_id", "=", deviceId));
      const member = row === undefined ? undefined : findMember(query, row.workspace_id, row.user_id);
      return row === undefined || member === undefined ? null : { device: toDevice(row), member };
    },
    async listMembers(workspaceId: string) {
      const found = build.selectFrom("members").selectAll().where("workspace_id", "=", workspaceId);
      return query.all(found.orderBy("joined_at")).map(toMember);
    },
    async listDevices(workspaceId: string) {
      const found = build.selectFrom("devices").selectAll().where("workspace_id", "=", workspaceId);
      return query.all(found.orderBy("added_at")).map(toDevice);
    },
    changeRole: (workspaceId: string, userId: string, role: Member["role"], by: string, at: Instant): Promise<Done> =>
      attempt(() => {
        const refused = refuseLosing(query, workspaceId, userId, role === "steward");
        if (refused !== null) return refused;
        query.run(
          build
            .updateTable("members")
            .set({ role })
            .where("workspace_id", "=", workspaceId)
            .where("user_id", "=", userId),
        );
        note(query, { at, workspaceId, by, action: `member.role.${role}`, subject: userId });
        return ok(true as const);
      }),
    removeMember: (workspaceId: string, userId: string, by: string, at: Instant): Promise<Done> =>
      attempt(() => {
        const refused = refuseLosing(query, workspaceId, userId, false);
        if (refused !== null) return refused;
        query.run(build.deleteFrom("members").where("workspace_id", "=", workspaceId).where("user_id", "=", userId));
        note(query, { at, workspaceId, by, action: "member.remove", subject: userId });
        return ok(true as const);
      }),
    revokeDevice: (workspaceId: string, deviceId: string, by: string, at: Instant): Promise<Done> =>
      attempt(() => {
        const revoked = query.run(
          build
            .updateTable("devices")
            .set({ revoked_at: at })
            .where("workspace_id", "=", workspaceId)
            .where("device_id", "=", deviceId)
            .where("revoked_at", "is", null),
        );
        if (revoked === 0) return refuse("SYNC_DEVICE_UNKNOWN", deviceId, "there is none that is in use");
        note(query, { at, workspaceId, by, action: "device.revoke", subject: deviceId });
        return ok(true as const);
      }),
  };
}

function accessAccounts(query: Query, attempt: Attempt) {
  const { build } = query;
  return {
    setDocumentAccess: (
      ...[workspaceId, documentId, userId, access, by, at]: Parameters<AccountStore["setDocumentAccess"]>
    ): Promise<Done> =>
      attempt(() => {
        const refused = refuseLosing(query, workspaceId, userId, true);
        if (refused !== null) return refused;
        const row = { workspace_id: workspaceId, document_id: documentId, user_id: userId };
        query.run(
          build
            .deleteFrom("document_access")
            .where("workspace_id", "=", workspaceId)
            .where("document_id", "=", documentId)
            .where("user_id", "=", userId),
        );
        if (access !== null) query.run(build.insertInto("document_access").values({ ...row, access }));
        const subject = `${documentId} ${userId}`;
        note(query, { at, workspaceId, by, action: `access.${access ?? "default"}`, subject });
        return ok(true as const);
      }),
    async documentAccess(workspaceId: string, documentId: string, userId: string) {
      const row = query.first(
        build
          .selectFrom("document_access")
          .select("access")
          .where("workspace_id", "=", workspaceId)
          .where("document_id", "=", documentId)
          .where("user_id", "=", userId),
      );
      return row?.access ?? null;
    },
    async audit(workspaceId: string, limit: number) {
      const found = build.selectFrom("audit_log").selectAll().where("workspace_id", "=", workspaceId);
      return query
        .all(found.orderBy("entry_id", "desc").limit(limit))
        .map(({ at, user_id: userId, action, subject }) => ({ at, workspaceId, userId, action, subject }));
    },
  };
}

function findMember({ first, build }: Query, workspaceId: string, userId: string): Member | undefined {
  const found = build.selectFrom("members").selectAll().where("workspace_id", "=", workspaceId);
  const row = first(found.where("user_id", "=", userId));
  return row === undefined ? undefined : toMember(row);
}

/** The refusal where a change would leave nobody to run the group, or is about a stranger. */
function refuseLosing(
  { all, build }: Query,
  workspaceId: string,
  userId: string,
  staysSteward: boolean,
): { readonly ok: false; readonly error: AccountFailure } | null {
  const members = all(build.selectFrom("members").selectAll().where("workspace_id", "=", workspaceId));
  const member = members.find((row) => row.user_id === userId);
  if (member === undefined) return refuse("SYNC_MEMBER_UNKNOWN", userId, "not a member of this workspace");
  const hasOther = members.some((row) => row.role === "steward" && row.user_id !== userId);
  if (member.role !== "steward" || hasOther || staysSteward) return null;
  return refuse("SYNC_LAST_STEWARD", userId, "nobody else could run the workspace");
}

interface Note {
  readonly at: Instant;
  readonly workspaceId: string;
  readonly by: string;
  readonly action: string;
  readonly subject: string;
}

function note({ run, build }: Query, { at, workspaceId, by, action, subject }: Note): void {
  const row = { entry_id: null, at, workspace_id: workspaceId, user_id: by, action, subject };
  run(build.insertInto("audit_log").values(row));
}

function refuse(
  code: AccountFailure["code"],
  subject: string,
  detail: string,
): { readonly ok: false; readonly error: AccountFailure } {
  return err({ code, op: "accounts", subject, detail, retry: "after-change" });
}
