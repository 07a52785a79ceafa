export { hashSecret, isSignedBy, joinStatement, loginStatement } from "../accounts/device-key.ts";
export type { PresenceUpdate } from "../guard/awareness-guard.ts";
export {
  CLOSE,
  decodeServerMessage,
  encodeAwareness,
  encodeStep1,
  encodeStep2,
  encodeUpdate,
  KEEP_ALIVE,
  type ServerMessage,
} from "../protocol/index.ts";
export { segmentName, type VerifiedSegment, verifySegment } from "../segments/verify-segment.ts";
export { BATCH_CONTENT_TYPE, type BatchEntry, decodeBatch, encodeBatch } from "../service/batch-codec.ts";
export { SYNC_PROTOCOL } from "../service/protocol-version.ts";
export { PROTOCOL_EXTENDED } from "../service/upgrade.ts";
export {
  formatInvitationLink,
  type InvitationLink,
  type LinkFailure,
  parseInvitationLink,
  parseServerAddress,
} from "./invitation-link.ts";
export { decodePresence, encodePresence } from "./presence-codec.ts";
export { splitUpdate } from "./split-update.ts";
