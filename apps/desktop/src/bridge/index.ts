export {
  BRIDGE_VERSION,
  type EcolocalBridge,
  ENGINE_CONNECT,
  ENGINE_GONE,
  ENGINE_PORT,
  PAGE_LANGUAGE,
} from "./bridge.ts";
export { type FromHost, isFromHost, isToHost, type ToHost } from "./host-message.ts";
