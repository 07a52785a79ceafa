/**
 * What a member of a community may do, from little to much. Guests read; members write; coordinators also invite;
 * stewards also change roles and remove people.
 */
export const ROLES = ["guest", "member", "coordinator", "steward"] as const;
export type MemberRole = (typeof ROLES)[number];

/** Tells whether `role` may do at least what `needed` may. */
export function roleAtLeast(role: MemberRole, needed: MemberRole): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(needed);
}

/** Nobody hands out more than they have; stewards are made by stewards only. */
export function mayGrant(granting: MemberRole, granted: MemberRole): boolean {
  return roleAtLeast(granting, "coordinator") && roleAtLeast(granting, granted);
}
