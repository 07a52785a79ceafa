export { channelNotFound } from "./channel-finder.ts";
export { createImportService, type ImportService } from "./import-service.ts";
