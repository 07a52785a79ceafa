export { type LoopbackHost, type LoopbackOptions, startLoopbackHost } from "./loopback-host.ts";
