export { parseInvitationLink } from "@ecolocal/sync/client";
export { type GroupAccounts, previewInvitation } from "./group-accounts.ts";
export { SyncClient, type SyncClientOptions } from "./sync-client.ts";
export { testServer } from "./test-server.ts";
