export { type LoopbackHost, type LoopbackOptions, startLoopbackHost } from "./loopback-host.ts";
export { contentSecurityPolicy } from "./static-files.ts";
