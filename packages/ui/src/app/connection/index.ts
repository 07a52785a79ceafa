export { type EcolocalBridge, ENGINE_GONE_MESSAGE, ENGINE_PORT_MESSAGE } from "./bridge.ts";
export { APP_VERSION, connectToEngine } from "./connect.ts";
export { socketAddress } from "./socket-connection.ts";
export { tokenFromHash } from "./token.ts";
