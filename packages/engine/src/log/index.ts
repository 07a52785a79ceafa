export { type EngineLog, silentLog } from "./engine-log.ts";
export { createFileLog, type FileLog, type FileLogOptions, type Level } from "./file-log.ts";
export { logFolder, openProgramLog } from "./program-log.ts";
export { redactText, withoutSecrets } from "./redact.ts";
