import { randomBytes } from "node:crypto";
import {
  type AccountFailure,
  type AccountStore,
  type Invitation,
  type InvitationOffer,
  type Member,
  type MemberRole,
  mayGrant,
  roleAtLeast,
} from "@ecolocal/core/community";
import { type Clock, err, type IdSource, ok, type Result } from "@ecolocal/core/shared";
import type { AuthenticationFailure, Gatekeeper, Identity } from "../service/identity.ts";
import { hashSecret, isSignedBy, joinStatement, loginStatement } from "./device-key.ts";
import type { Tokens } from "./tokens.ts";

export interface JoinRequest {
  readonly secret: string;
  readonly userName: string;
  readonly deviceName: string;
  readonly publicKey: string;
  readonly signature: string;
}

export interface Joined {
  readonly member: Member;
  readonly deviceId: string;
}

export interface InvitationRequest {
  readonly workspaceId: string;
  readonly role: MemberRole;
  readonly label: string;
  readonly uses: number;
  readonly validForMs: number;
}

export interface AccountsOptions {
  readonly store: AccountStore;
  readonly tokens: Tokens;
  readonly clock: Clock;
  readonly ids: IdSource;
  /** Someone lost a right: their live sockets must be judged again. */
  onAccessChanged?(change: { readonly workspaceId: string; readonly userId: string; readonly deviceId?: string }): void;
}

const SECRET_BYTES = 32;

/** Invitations, devices, tokens and roles: the rules, over whatever store keeps them. */
export class Accounts {
  readonly #options: AccountsOptions;

  constructor(options: AccountsOptions) {
    this.#options = options;
  }

  /** Makes an invitation; the secret is returned once and kept only as a hash. */
  async invite(
    by: { readonly userId: string; readonly role: MemberRole },
    request: InvitationRequest,
  ): Promise<Result<{ readonly invitation: Invitation; readonly secret: string }, AccountFailure>> {
    if (!mayGrant(by.role, request.role)) return insufficient(by.role, `invite a ${request.role}`);
    const secret = randomBytes(SECRET_BYTES).toString("base64url");
    const invitation: Invitation = {
      invitationId: this.#options.ids.next(),
      workspaceId: request.workspaceId,
      role: request.role,
      label: request.label,
      createdBy: by.userId,
      expiresAt: this.#options.clock.now() + request.validForMs,
      usesLeft: request.uses,
      revokedAt: null,
    };
    const added = await this.#options.store.addInvitation(invitation, hashSecret(secret));
    return added.ok ? ok({ invitation, secret }) : added;
  }

  /** What an invitation offers; it is not used by looking. */
  async preview(secret: string): Promise<Result<InvitationOffer, AccountFailure>> {
    const offer = await this.#options.store.findInvitation(hashSecret(secret));
    if (offer === null) return unusable("SYNC_INVITATION_UNKNOWN", "there is none, or it was withdrawn");
    const { expiresAt, usesLeft } = offer.invitation;
    if (expiresAt <= this.#options.clock.now()) return unusable("SYNC_INVITATION_EXPIRED", "it has expired");
    if (usesLeft === 0) return unusable("SYNC_INVITATION_USED", "all its places are taken");
    return ok(offer);
  }

  /** Uses an invitation: the device proves that it holds the key it registers. */
  async join(request: JoinRequest): Promise<Result<Joined, AccountFailure | AuthenticationFailure>> {
    const invitationHash = hashSecret(request.secret);
    if (!isSignedBy(request.publicKey, joinStatement(invitationHash, request.publicKey), request.signature)) {
      return badSignature(request.deviceName);
    }
    // A newcomer whose answer was lost on the way asks again with the same key, and must not use up a second place.
    const before = await this.#options.store.findJoinedDevice(invitationHash, request.publicKey);
    if (before !== null) return ok({ member: before.member, deviceId: before.device.deviceId });
    const deviceId = this.#options.ids.next();
    const joined = await this.#options.store.acceptInvitation({
      invitationHash,
      userId: this.#options.ids.next(),
      userName: request.userName,
      deviceId,
      deviceName: request.deviceName,
      publicKey: request.publicKey,
      at: this.#options.clock.now(),
    });
    return joined.ok ? ok({ member: joined.value, deviceId }) : joined;
  }

  /** A short-lived text that the device must sign. Unknown devices get one too: nobody learns which exist. */
  challenge(deviceId: string): Promise<string> {
    return this.#options.tokens.issueChallenge(deviceId);
  }

  /** Exchanges a signed challenge for an access token. */
  async login(
    deviceId: string,
    challenge: string,
    signature: string,
  ): Promise<
    Result<{ readonly token: string; readonly expiresAt: number; readonly role: MemberRole }, AuthenticationFailure>
  > {
    const found = await this.#options.store.findDevice(deviceId);
    const usable = found !== null && found.device.revokedAt === null;
    const proven = usable && isSignedBy(found.device.publicKey, loginStatement(deviceId, challenge), signature);
    if (!proven || !(await this.#options.tokens.checkChallenge(challenge, deviceId))) return badSignature(deviceId);
    const { workspaceId, userId, role } = found.member;
    const access = await this.#options.tokens.issueAccess({ deviceId, userId, workspaceId });
    return ok({ ...access, role });
  }

  async changeRole(by: Identity, userId: string, role: MemberRole): Promise<Result<true, AccountFailure>> {
    if (!roleAtLeast(by.role, "steward")) return insufficient(by.role, "change roles");
    return await this.#changed(
      by.workspaceId,
      userId,
      await this.#options.store.changeRole(by.workspaceId, userId, role, by.userId, this.#options.clock.now()),
    );
  }

  /** Stewards remove anyone; everyone may leave. */
  async removeMember(by: Identity, userId: string): Promise<Result<true, AccountFailure>> {
    if (by.userId !== userId && !roleAtLeast(by.role, "steward")) return insufficient(by.role, "remove members");
    return await this.#changed(
      by.workspaceId,
      userId,
      await this.#options.store.removeMember(by.workspaceId, userId, by.userId, this.#options.clock.now()),
    );
  }

  /** Stewards revoke any device, members their own. */
  async revokeDevice(by: Identity, deviceId: string): Promise<Result<true, AccountFailure>> {
    const found = await this.#options.store.findDevice(deviceId);
    if (found === null || found.device.workspaceId !== by.workspaceId) {
      return err({
        code: "SYNC_DEVICE_UNKNOWN",
        op: "revoke device",
        subject: deviceId,
        detail: "there is none",
        retry: "never",
      });
    }
    if (found.device.userId !== by.userId && !roleAtLeast(by.role, "steward"))
      return insufficient(by.role, "revoke other members' devices");
    const done = await this.#options.store.revokeDevice(by.workspaceId, deviceId, by.userId, this.#options.clock.now());
    if (done.ok)
      this.#options.onAccessChanged?.({ workspaceId: by.workspaceId, userId: found.device.userId, deviceId });
    return done;
  }

  /** The gate of the sync service over these accounts. */
  gatekeeper(): Gatekeeper {
    const { store, tokens } = this.#options;
    return {
      async authenticate(token) {
        const subject = await tokens.readAccess(token);
        if (!subject.ok) return subject;
        const found = await store.findDevice(subject.value.deviceId);
        if (found === null || found.device.revokedAt !== null) {
          return err({
            code: "SYNC_TOKEN_REFUSED",
            op: "authenticate",
            subject: subject.value.deviceId,
            detail: "the device was revoked",
            retry: "never",
          });
        }
        return ok({ ...subject.value, role: found.member.role });
      },
      async access(identity, key) {
        if (identity.workspaceId !== key.workspaceId) return "none";
        const override = await store.documentAccess(key.workspaceId, key.documentId, identity.userId);
        return override ?? (identity.role === "guest" ? "read" : "write");
      },
    };
  }

  async #changed(
    workspaceId: string,
    userId: string,
    done: Result<true, AccountFailure>,
  ): Promise<Result<true, AccountFailure>> {
    if (done.ok) this.#options.onAccessChanged?.({ workspaceId, userId });
    return done;
  }
}

function insufficient(role: MemberRole, what: string): { readonly ok: false; readonly error: AccountFailure } {
  return err({
    code: "SYNC_ROLE_INSUFFICIENT",
    op: what,
    subject: role,
    detail: `a ${role} may not ${what}`,
    retry: "after-change",
  });
}

function unusable(
  code: AccountFailure["code"],
  detail: string,
): { readonly ok: false; readonly error: AccountFailure } {
  return err({ code, op: "invitation", subject: "invitation", detail, retry: "after-change" });
}

function badSignature(subject: string): { readonly ok: false; readonly error: AuthenticationFailure } {
  return err({
    code: "SYNC_TOKEN_REFUSED",
    op: "authenticate",
    subject,
    detail: "the signature does not fit",
    retry: "never",
  });
}
