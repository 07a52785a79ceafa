import type { BasicType } from "hyparquet-writer";
import { fileWriter, parquetWriteRows } from "hyparquet-writer";
import { EXPORT_COLUMNS } from "../exporting/index.ts";

/** Large enough to pack well; what one group holds is what is in memory. */
const ROWS_PER_GROUP = 50_000;

const TYPES: Partial<Record<(typeof EXPORT_COLUMNS)[number], BasicType>> = {
  timestamp_utc: "TIMESTAMP",
  value: "DOUBLE",
  n: "INT32",
  min: "DOUBLE",
  max: "DOUBLE",
};

/**
 * Writes an NDJSON export as a Parquet file (Snappy), group by group, with the columns of the CSV export; times are
 * UTC timestamps in milliseconds. Throws what the file system says.
 */
export async function writeParquet(path: string, texts: AsyncIterable<string>): Promise<void> {
  const columns = EXPORT_COLUMNS.map((name) => ({ name, type: TYPES[name] ?? "STRING", nullable: true }) as const);
  await parquetWriteRows({
    writer: fileWriter(path),
    rows: toRows(texts),
    columns,
    rowGroupSize: ROWS_PER_GROUP,
    createdBy: "EcoLocal",
  });
}

async function* toRows(texts: AsyncIterable<string>): AsyncGenerator<Record<string, unknown>, void> {
  for await (const text of texts) {
    for (const line of text.split("\n")) {
      if (line === "") continue;
      const row = JSON.parse(line) as Record<string, unknown>;
      yield { ...row, timestamp_utc: new Date(String(row["timestamp_utc"])) };
    }
  }
}
