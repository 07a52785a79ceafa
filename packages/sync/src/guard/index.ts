export { createAddressLimiter } from "./address-limiter.ts";
export { type PresenceRejection, type PresenceUpdate, readPresence } from "./awareness-guard.ts";
export { DEFAULT_LIMITS, type SyncLimits } from "./limits.ts";
export { createTokenBucket, type TokenBucket } from "./token-bucket.ts";
export { guardUpdate, pendingBytes, type UpdateRejection } from "./update-guard.ts";
