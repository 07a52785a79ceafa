export { type EngineLog, silentLog } from "./engine-log.ts";
