import type { BasicType } from "hyparquet-writer";
import { ByteWriter, parquetWriteRows } from "hyparquet-writer";
import { EXPORT_COLUMNS, type ExportRow } from "../exporting/index.ts";

/** Large enough to pack well, small enough that packing a group does not hold up what else the engine does. */
const ROWS_PER_GROUP = 10_000;

const TYPES: Partial<Record<(typeof EXPORT_COLUMNS)[number], BasicType>> = {
  timestamp_utc: "TIMESTAMP",
  value: "DOUBLE",
  n: "INT32",
  min: "DOUBLE",
  max: "DOUBLE",
};

/** One piece of the file. */
export interface ParquetPiece {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Rows since the piece before. */
  readonly rows: number;
}

/**
 * Writes readings as a Parquet file (Snappy) with the columns of the CSV export; times are UTC timestamps in
 * milliseconds. Rows are taken as the pieces are: one group of them is in memory, whatever the size of the file.
 */
export async function* writeParquet(rows: AsyncIterable<ExportRow>): AsyncGenerator<ParquetPiece, void> {
  const { readable, writable } = new TransformStream<ParquetPiece, ParquetPiece>();
  const sink = writable.getWriter();
  const writer = new ByteWriter();
  let taken = 0;
  const counted = async function* (): AsyncGenerator<Record<string, unknown>, void> {
    for await (const row of rows) {
      taken++;
      yield { ...row, timestamp_utc: new Date(row.timestamp_utc) };
    }
  };
  const flush = async (): Promise<void> => {
    const piece = { bytes: Uint8Array.from(writer.getBytes()), rows: taken };
    writer.index = 0;
    taken = 0;
    await sink.write(piece);
  };
  const writing = parquetWriteRows({
    writer: Object.assign(writer, { flush, finish: flush }),
    rows: counted(),
    columns: EXPORT_COLUMNS.map((name) => ({ name, type: TYPES[name] ?? "STRING", nullable: true }) as const),
    rowGroupSize: ROWS_PER_GROUP,
    createdBy: "EcoLocal",
  });
  const ended = Promise.resolve(writing).then(
    () => sink.close(),
    (error: unknown) => sink.abort(error),
  );
  // Whoever reads hears of a failure through the stream.
  ended.catch(() => undefined);
  yield* readable;
}
