export { hashSecret, joinStatement, loginStatement } from "../accounts/device-key.ts";
export { readPresence } from "../guard/awareness-guard.ts";
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
export { BATCH_CONTENT_TYPE, type BatchEntry, decodeBatch, encodeBatch } from "../service/batch-codec.ts";
export { SYNC_PROTOCOL } from "../service/protocol-version.ts";
export { PROTOCOL_EXTENDED } from "../service/upgrade.ts";
