export {
  EXPORT_COLUMNS,
  type ExportPiece,
  type ExportQuery,
  type ExportRow,
  exportReadings,
  exportRows,
} from "./export-readings.ts";
