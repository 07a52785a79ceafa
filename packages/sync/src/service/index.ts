export { BATCH_CONTENT_TYPE, type BatchEntry, decodeBatch, encodeBatch } from "./batch-codec.ts";
export { createLocalBus } from "./bus.ts";
export { createDevGatekeeper } from "./dev-gatekeeper.ts";
export type { HubOptions } from "./hub.ts";
export type { Access, AuthenticationFailure, Gatekeeper, Identity } from "./identity.ts";
export type { JsonAnswer, JsonRoute } from "./json-routes.ts";
export { SYNC_PROTOCOL } from "./protocol-version.ts";
export { type AnsweredRequest, SyncService, type SyncServiceEvents, type SyncServiceOptions } from "./service.ts";
export { PROTOCOL_BASIC, PROTOCOL_EXTENDED } from "./upgrade.ts";
