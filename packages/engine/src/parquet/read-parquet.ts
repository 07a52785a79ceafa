import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from "node:zlib";
import { err, type Failure, ok, type Result } from "@ecolocal/core/shared";
import { asyncBufferFromFile, type FileMetaData, parquetMetadataAsync, parquetReadObjects } from "hyparquet";

const ROWS_PER_READ = 20_000;

/** What others compress with; Snappy is built in. */
const COMPRESSORS = {
  GZIP: (input: Uint8Array) => gunzipSync(input),
  BROTLI: (input: Uint8Array) => brotliDecompressSync(input),
  ZSTD: (input: Uint8Array) => zstdDecompressSync(input),
};

/**
 * Opens a Parquet file as the bytes of NDJSON, so that it is imported like any other file: same columns, same rules.
 *
 * `name` is what people call the file. Times become ISO 8601, 64-bit integers numbers, missing values missing fields. Fails with `IMPORT_FORMAT_UNKNOWN`
 * where the file is no Parquet; damage further on is thrown while reading.
 */
export async function openParquetRows(
  path: string,
  name: string,
): Promise<Result<AsyncIterable<Uint8Array>, Failure<"IMPORT_FORMAT_UNKNOWN">>> {
  try {
    const file = await asyncBufferFromFile(path);
    return ok(ndjson(file, await parquetMetadataAsync(file)));
  } catch (error) {
    return err({
      code: "IMPORT_FORMAT_UNKNOWN",
      op: "data.import",
      subject: name,
      detail: `${name} is no Parquet file (${error instanceof Error ? error.message : String(error)}).`,
      retry: "after-change",
    });
  }
}

async function* ndjson(
  file: Awaited<ReturnType<typeof asyncBufferFromFile>>,
  metadata: FileMetaData,
): AsyncGenerator<Uint8Array, void> {
  const total = Number(metadata.num_rows);
  for (let rowStart = 0; rowStart < total; rowStart += ROWS_PER_READ) {
    const rowEnd = Math.min(total, rowStart + ROWS_PER_READ);
    const rows = await parquetReadObjects({ file, metadata, rowStart, rowEnd, compressors: COMPRESSORS });
    yield Buffer.from(rows.map((row) => `${JSON.stringify(row, plain)}\n`).join(""));
  }
}

function plain(_key: string, value: unknown): unknown {
  if (typeof value === "bigint") return Number(value);
  return value === null ? undefined : value;
}
