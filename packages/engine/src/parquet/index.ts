export { openParquetRows } from "./read-parquet.ts";
export { type ParquetPiece, writeParquet } from "./write-parquet.ts";
