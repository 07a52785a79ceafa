export { EXPORT_COLUMNS, type ExportPiece, type ExportQuery, exportReadings } from "./export-readings.ts";
