export { openPushEndpoint, type PushEndpoint, type PushEndpointOptions, type PushFailure } from "./push-endpoint.ts";
export { createPushHub, PUSH_PREFIX, type PushedDevice, type PushHub } from "./push-hub.ts";
