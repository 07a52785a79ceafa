export type {
  AccountFailure,
  AccountStore,
  AuditEntry,
  Device,
  Invitation,
  Member,
  NewMember,
} from "./account-store.ts";
export { type MemberRole, mayGrant, ROLES, roleAtLeast } from "./role.ts";
