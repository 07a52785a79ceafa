export { isAddress, pathTransport } from "./path.ts";
export { pipeTransport } from "./pipe.ts";
export { findPortHolder, type PortHolder } from "./port-holder.ts";
export {
  createReplayTransport,
  drawFaults,
  type ReplayChunk,
  type ReplayFault,
  type ReplayOptions,
} from "./replay.ts";
export { serialTransport } from "./serial.ts";
export { classifyOpenError, lostFailure, openFailure } from "./serial-failure.ts";
export { parseTcpAddress, type TcpAddress, tcpTransport } from "./tcp.ts";
export type {
  OpenTransport,
  Transport,
  TransportFailure,
  TransportFailureCode,
  TransportListener,
  TransportTarget,
} from "./transport.ts";
