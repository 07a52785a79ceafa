export { findPortHolder, type PortHolder } from "./port-holder.ts";
export { serialTransport } from "./serial.ts";
export { classifyOpenError, lostFailure, openFailure } from "./serial-failure.ts";
export type {
  OpenTransport,
  Transport,
  TransportFailure,
  TransportFailureCode,
  TransportListener,
  TransportTarget,
} from "./transport.ts";
