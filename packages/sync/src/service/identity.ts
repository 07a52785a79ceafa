import type { DocumentKey } from "@ecolocal/core/documents/store";
import type { Failure, Result } from "@ecolocal/core/shared";

/** Who is at the other end, proven by a token. */
export interface Identity {
  readonly userId: string;
  readonly deviceId: string;
  readonly workspaceId: string;
  readonly role: "guest" | "member" | "coordinator" | "steward";
}

export type Access = "write" | "read" | "none";

export type AuthenticationFailure = Failure<"SYNC_TOKEN_REFUSED" | "SYNC_TOKEN_EXPIRED">;

/** Decides who someone is and what they may do; implementations keep the rules in the database, never in documents. */
export interface Gatekeeper {
  authenticate(token: string): Promise<Result<Identity, AuthenticationFailure>>;
  /** What the identity may do with one document; `none` looks the same as an unknown document. */
  access(identity: Identity, key: DocumentKey): Promise<Access>;
}
