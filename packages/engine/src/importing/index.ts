export { createImportService, type ImportService } from "./import-service.ts";
