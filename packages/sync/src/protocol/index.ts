export { CLOSE, type CloseCode } from "./close-codes.ts";
export {
  type ClientMessage,
  DOCUMENTS_CHANGED,
  decodeClientMessage,
  encodeAwareness,
  encodeDurableAck,
  encodeNotice,
  encodeStep1,
  encodeStep2,
  encodeUpdate,
  KEEP_ALIVE,
  MESSAGE,
  type Notice,
} from "./messages.ts";
export { decodeServerMessage, type ServerMessage } from "./server-message.ts";
