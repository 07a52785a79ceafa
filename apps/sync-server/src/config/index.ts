export { type ConfigFailure, readServerConfig, type ServerConfig } from "./server-config.ts";
