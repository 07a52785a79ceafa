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
export { type MemberRole, mayGrant, ROLES, roleAtLeast } from "./role.ts";
