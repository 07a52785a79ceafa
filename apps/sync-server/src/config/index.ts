export { ENVIRONMENT } from "./environment.ts";
export {
  APP_VERSION,
  type BackupConfig,
  type ConfigFailure,
  readCommandLine,
  readServerConfig,
  type ServerConfig,
} from "./server-config.ts";
