import { err, type Failure, ok, type Result } from "@ecolocal/core/shared";
import { type CsvRow, createCsvReader, type FilePlace, MAX_RECORD_LENGTH } from "./csv-rows.ts";
import type { RowOutcome, RowReader } from "./import-target.ts";
import { createJsonSource } from "./json-rows.ts";
import { lineTooLong } from "./line-too-long.ts";
import { type Header, type PlanOptions, planRows } from "./plan-rows.ts";

export interface OutcomeOfRow extends RowOutcome {
  readonly row: number;
  /** Where the next row begins. */
  readonly end: FilePlace;
}

/** A place in a file, with what must be known of the text before it to go on from there. */
export interface ResumePlace extends FilePlace {
  /** Stands for the header: read first, it makes the rest readable. */
  readonly head: string;
}

/** Turns the text of a file, piece by piece, into what its rows say. */
export interface RowSource {
  readonly format: string;
  /** A failure here is about the whole file: nothing more of it can be read. */
  push(text: string, last: boolean): Result<Iterable<OutcomeOfRow>, Failure>;
  /** What `ResumePlace` needs of the rows read so far. */
  head(): string;
  /** Says where in the file the next text stands. */
  moveTo(place: FilePlace): void;
}

/** Reads the first line to know the format, then hands every row to the reader that the header calls for. */
export function createRowSource(options: PlanOptions): RowSource {
  let source: RowSource | undefined;
  let waiting = "";
  return {
    get format() {
      return source?.format ?? options.format;
    },
    head: () => source?.head() ?? "",
    moveTo: (place) => source?.moveTo(place),
    push(text, last) {
      if (source) return source.push(text, last);
      waiting += text;
      const plain = waiting.replace(/^\uFEFF/, "");
      const start = plain.trimStart();
      if (!start.includes("\n") && !last) {
        return waiting.length > MAX_RECORD_LENGTH ? err(lineTooLong(1)) : ok([]);
      }
      if (start === "") return err(unknownFormat("The file is empty."));
      source = looksLikeJson(start, options) ? createJsonSource(options) : createCsvSource(options);
      source.moveTo({ offset: waiting.length - plain.length, row: 1 });
      waiting = "";
      return source.push(plain, last);
    },
  };
}

/** A source that goes on from a place in a file, as if it had read everything before. */
export function resumeRowSource(options: PlanOptions, { head, offset, row }: ResumePlace): Result<RowSource, Failure> {
  const source = createRowSource(options);
  const planned = source.push(head, false);
  if (!planned.ok) return planned;
  source.moveTo({ offset, row });
  return ok(source);
}

function looksLikeJson(start: string, options: PlanOptions): boolean {
  return options.format === "ndjson" || (options.format === "auto" && start.startsWith("{"));
}

function createCsvSource(options: PlanOptions): RowSource {
  const reader = createCsvReader();
  let rows: RowReader | undefined;
  let head = "";
  const readHead = (text: string, from: number, header: CsvRow): Result<RowReader, Failure> => {
    head = (head + text).slice(0, header.end.offset - from);
    if (/[\0\uFFFD]/.test(header.cells.join(""))) return err(unknownFormat("The file is not text."));
    return planRows(csvHeader(header.cells, head), options);
  };
  let beginsAt = 0;
  return {
    get format() {
      return rows?.format ?? "csv";
    },
    head: () => head,
    moveTo(place) {
      beginsAt = place.offset;
      reader.moveTo(place);
    },
    push(text, last) {
      const records = reader.push(text);
      if (last) records.push(...reader.flush());
      const { length, row } = reader.pending();
      if (length > MAX_RECORD_LENGTH) return err(lineTooLong(row));
      if (!rows) {
        const header = records.shift();
        if (!header) {
          head += text;
          return ok([]);
        }
        const planned = readHead(text, beginsAt, header);
        if (!planned.ok) return planned;
        rows = planned.value;
      }
      return ok(readRecords(rows, records));
    },
  };
}

function* readRecords(rows: RowReader, records: readonly CsvRow[]): Generator<OutcomeOfRow, void> {
  for (const { row, cells, end } of records) yield { row, end, ...rows.read(cells) };
}

/** Where `;` separates, a comma in numbers is the decimal sign. */
function csvHeader(names: readonly string[], text: string): Header {
  const first = text.slice(0, text.indexOf("\n"));
  return { names, source: "csv", decimalComma: first.includes(";") && !first.includes(",") };
}

function unknownFormat(detail: string): Failure<"IMPORT_FORMAT_UNKNOWN"> {
  return {
    code: "IMPORT_FORMAT_UNKNOWN",
    op: "data.import",
    subject: "file",
    detail,
    hint: "Import CSV with a header line, NDJSON with one object a line, or Parquet.",
    retry: "after-change",
  };
}
