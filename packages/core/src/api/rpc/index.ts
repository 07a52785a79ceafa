export {
  type CallOptions,
  type Client,
  type ClientOptions,
  type ConnectedClient,
  createClient,
} from "./client.ts";
export { decodeFrame, encodeFrame } from "./codec.ts";
export {
  type CallDefinition,
  type CallName,
  type ContractShape,
  call,
  type ErrorCode,
  type In,
  type Out,
  type ParsedIn,
  type ProcedureOptions,
  type RawOut,
  ROLES,
  type Role,
  type StreamDefinition,
  type StreamName,
  stream,
} from "./define.ts";
export { isRpcError, RpcError, type RpcFailure, TRANSPORT_CODES, type TransportCode } from "./failure.ts";
export type { HeartbeatOptions } from "./heartbeat.ts";
export { createMemoryLinkPair } from "./memory-link.ts";
export type { Signal } from "./platform.ts";
export { createPortLink, type PortLinkOptions, type PortShape } from "./port-link.ts";
export {
  createReconnectingClient,
  type LinkState,
  type ReconnectingClient,
  type ReconnectOptions,
} from "./reconnect.ts";
export { type CallContext, type Handlers, type ServedLink, type ServeOptions, serveLink } from "./server.ts";
export {
  DEFAULT_MAX_FRAME_BYTES,
  type Frame,
  type Hello,
  isFrame,
  type Link,
  PROTOCOL_VERSION,
  type SendOutcome,
  STREAM_WINDOW,
} from "./wire.ts";
export { type ByteLinkOptions, createWebSocketLink, type WebSocketShape } from "./ws-link.ts";
