export { parseInvitationLink } from "@ecolocal/sync/client";
export { loadDeviceKey } from "./device-key.ts";
export { type GroupAccounts, previewInvitation } from "./group-accounts.ts";
export type { Membership } from "./membership.ts";
export type { RosterEntry } from "./roster.ts";
export { SyncClient, type SyncClientOptions } from "./sync-client.ts";
export { testServer } from "./test-server.ts";
