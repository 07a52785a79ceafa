export type {
  AccountFailure,
  AccountStore,
  AuditEntry,
  Device,
  Invitation,
  InvitationOffer,
  Member,
  NewMember,
} from "./account-store.ts";
export { AUDIENCES, type Audience, SHARED_RESOLUTIONS, type SharedResolution } from "./audience.ts";
export { type MemberRole, mayGrant, ROLES, roleAtLeast } from "./role.ts";
