import type { RangeQuery, ReadingRefusal, ReadingStoreFailure } from "@ecolocal/core/series";
import { err, type Failure, instantToIso, ok, type Result, type Ulid } from "@ecolocal/core/shared";
import type { ReadingBatch } from "./bulk-import.ts";
import type { Columns } from "./columns.ts";
import { CsvParser, type CsvRowProblem, type CsvRows, createCsvRows } from "./csv-parser.ts";

const HEADER = "channel,at,value,quality";
const ROWS_PER_BATCH = 2 ** 20;
const MOST_PROBLEMS = 100;
const TEXT_SIZE = 65_536;

export interface CsvProblem {
  /** Row of the file, the header being row 1. */
  readonly row: number;
  readonly code: "READINGS_CSV_ROW_MALFORMED" | ReadingRefusal;
  readonly detail: string;
}

export interface CsvReport {
  readonly rows: number;
  readonly inserted: number;
  readonly corrected: number;
  readonly unchanged: number;
  readonly rejected: number;
  /** The first hundred, in file order within each part. */
  readonly problems: readonly CsvProblem[];
}

export type CsvFailure = ReadingStoreFailure | Failure<"READINGS_CSV_HEADER_UNKNOWN">;

/**
 * Takes a file in the plain form (`channel,at,value,quality`) piece by piece. What was taken before a failure stays;
 * sending the same file again changes nothing.
 */
export interface CsvImport {
  push(bytes: Uint8Array): Result<void, CsvFailure>;
  /** Takes what is left, a last line without an end included. */
  finish(): Result<CsvReport, CsvFailure>;
}

type ImportBatch = (batch: ReadingBatch) => Result<
  {
    readonly inserted: number;
    readonly corrected: number;
    readonly unchanged: number;
    readonly refused: readonly { readonly index: number; readonly code: ReadingRefusal }[];
  },
  ReadingStoreFailure
>;

export function createCsvImport(channelIds: readonly Ulid[], importBatch: ImportBatch): CsvImport {
  const state = new CsvState(channelIds, importBatch);
  let carry: Uint8Array = new Uint8Array(0);
  return {
    push(piece) {
      const bytes = carry.length > 0 ? joined(carry, piece) : piece;
      const end = bytes.lastIndexOf(10) + 1;
      const taken = state.take(bytes, end);
      carry = bytes.slice(end);
      return taken;
    },
    finish() {
      const taken = state.take(carry, carry.length);
      carry = new Uint8Array(0);
      const stored = taken.ok ? state.store() : taken;
      return stored.ok ? ok(state.report()) : stored;
    },
  };
}

/** A file on its way in: rows parsed and not yet stored, and what became of the others. */
class CsvState {
  readonly #channelIds: readonly Ulid[];
  readonly #importBatch: ImportBatch;
  readonly #rows: CsvRows = createCsvRows(ROWS_PER_BATCH);
  readonly #parser: CsvParser;
  readonly #counts = { rows: 0, inserted: 0, corrected: 0, unchanged: 0, rejected: 0 };
  readonly #problems: CsvProblem[] = [];
  #hasHeader = false;

  constructor(channelIds: readonly Ulid[], importBatch: ImportBatch) {
    this.#channelIds = channelIds;
    this.#importBatch = importBatch;
    this.#parser = new CsvParser(channelIds, (row, problem) => {
      this.#counts.rows++;
      this.#reject(row, "READINGS_CSV_ROW_MALFORMED", DETAIL[problem]);
    });
  }

  report(): CsvReport {
    return { ...this.#counts, problems: this.#problems };
  }

  /** Parses the whole lines before `to`, storing a batch whenever it is full. */
  take(bytes: Uint8Array, to: number): Result<void, CsvFailure> {
    const start = this.#hasHeader || to === 0 ? ok(0) : this.#readHeader(bytes, to);
    if (!start.ok) {
      return start;
    }
    let p = start.value;
    while (p < to) {
      p = this.#parser.parse(bytes, p, to, this.#rows);
      const stored = this.#rows.length === ROWS_PER_BATCH ? this.store() : ok(undefined);
      if (!stored.ok) {
        return stored;
      }
    }
    return ok(undefined);
  }

  store(): Result<void, CsvFailure> {
    const rows = this.#rows;
    const result = this.#importBatch(batchOf(this.#channelIds, rows));
    if (!result.ok) {
      return result;
    }
    this.#counts.rows += rows.length;
    this.#counts.inserted += result.value.inserted;
    this.#counts.corrected += result.value.corrected;
    this.#counts.unchanged += result.value.unchanged;
    for (const { index, code } of result.value.refused) {
      this.#reject(rows.row[index] as number, code, REFUSED[code]);
    }
    rows.length = 0;
    return ok(undefined);
  }

  /** Checks the header and returns where the rows begin. */
  #readHeader(bytes: Uint8Array, to: number): Result<number, CsvFailure> {
    const lineEnd = bytes.indexOf(10);
    const end = lineEnd < 0 ? to : lineEnd;
    const header = new TextDecoder().decode(bytes.subarray(0, end)).trim();
    if (header !== HEADER && header !== HEADER.replace(",quality", "")) {
      return err(unknownHeader(header));
    }
    this.#hasHeader = true;
    return ok(Math.min(end + 1, to));
  }

  #reject(row: number, code: CsvProblem["code"], detail: string): void {
    this.#counts.rejected++;
    if (this.#problems.length < MOST_PROBLEMS) {
      this.#problems.push({ row, code, detail });
    }
  }
}

const DETAIL: Record<CsvRowProblem, string> = {
  channel: "The channel is not one of those that the import is for.",
  time: "The time is neither ISO 8601 in UTC nor epoch milliseconds.",
  value: "The value is not a number.",
  quality: "The quality is not a number of flag bits.",
};

const REFUSED: Record<ReadingRefusal, string> = {
  READINGS_NOT_FINITE: "The value or the time is not a finite number.",
  READINGS_TIME_TOO_OLD: "The time is before 2000.",
  READINGS_TIME_IN_FUTURE: "The time is more than a day ahead.",
  READINGS_CHANNEL_UNKNOWN: "The channel is not known.",
};

function unknownHeader(header: string): Failure<"READINGS_CSV_HEADER_UNKNOWN"> {
  return {
    code: "READINGS_CSV_HEADER_UNKNOWN",
    op: "readings.importCsv",
    subject: header.slice(0, 200),
    detail: `The first line of the file is not "${HEADER}".`,
    hint: "Files of other forms go through the import wizard, which asks what each column means.",
    retry: "after-change",
  };
}

function batchOf(channelIds: readonly Ulid[], rows: CsvRows): ReadingBatch {
  const { length } = rows;
  return {
    channelIds,
    channel: rows.channel.subarray(0, length),
    at: rows.at.subarray(0, length),
    value: rows.value.subarray(0, length),
    quality: rows.quality.subarray(0, length),
  };
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

/**
 * Writes readings in the plain form, in pieces of text of about 64 KB: raw values by channel and time, byte for byte
 * the same after an import of the same file. Spreads of aggregated readings are not part of the form.
 */
export function* csvOf(
  columnsOf: (query: RangeQuery) => Iterable<Columns>,
  queries: readonly RangeQuery[],
): Generator<string> {
  let text = `${HEADER}\n`;
  for (const query of queries) {
    for (const { length, at, value, quality } of columnsOf(query)) {
      for (let i = 0; i < length; i++) {
        text += `${query.channelId},${instantToIso(at[i] as number)},${value[i]},${quality?.[i] ?? 0}\n`;
        if (text.length >= TEXT_SIZE) {
          yield text;
          text = "";
        }
      }
    }
  }
  yield text;
}
