/** A place between two records of a file. */
export interface FilePlace {
  /** Characters before it. */
  readonly offset: number;
  /** Line that begins there, from 1. */
  readonly row: number;
}

/** One record of a CSV file, the line on which it starts, from 1, and the place behind it. */
export interface CsvRow {
  readonly row: number;
  readonly cells: readonly string[];
  readonly end: FilePlace;
}

/** Cuts CSV text into records as it arrives (RFC 4180: quotes, doubled quotes, line breaks inside quotes). */
export interface CsvReader {
  push(text: string): CsvRow[];
  /** Where the record begins that is not complete yet, and how much of it is there, in characters. */
  pending(): FilePlace & { readonly length: number };
  /** Says where in the file the next text stands. */
  moveTo(place: FilePlace): void;
  /** The record that no line break ended, if there is one. */
  flush(): CsvRow[];
}

/** In characters; a record longer than this is no record but a missing quote, or a file without line breaks. */
export const MAX_RECORD_LENGTH = 1_000_000;

/** `delimiter` null is decided by the first line: the most frequent of `;`, tab and `,`. */
export function createCsvReader(delimiter: string | null = null): CsvReader {
  let rest = "";
  let place: FilePlace = { offset: 0, row: 1 };
  let separator = delimiter;

  const readRecord = (record: string, length: number): CsvRow[] => {
    const { row } = place;
    const end = { offset: place.offset + length, row: row + countLines(record) + 1 };
    place = end;
    if (record.trim() === "") return [];
    separator ??= guessDelimiter(record);
    return [{ row, cells: splitRecord(record.endsWith("\r") ? record.slice(0, -1) : record, separator), end }];
  };

  return {
    push(text) {
      const rows: CsvRow[] = [];
      rest += text;
      const { records, end } = cutRecords(rest);
      rest = rest.slice(end);
      for (const record of records) rows.push(...readRecord(record, record.length + 1));
      return rows;
    },
    pending: () => ({ ...place, length: rest.length }),
    moveTo(next) {
      place = next;
    },
    flush() {
      const last = rest;
      rest = "";
      return readRecord(last, last.length);
    },
  };
}

/** The complete records of a text, and where the incomplete one begins. */
function cutRecords(text: string): { readonly records: readonly string[]; readonly end: number } {
  const records: string[] = [];
  let start = 0;
  let quote = text.indexOf('"');
  for (;;) {
    const lineEnd = text.indexOf("\n", start);
    // Looked for once per quote, not once per record: most files have none.
    if (quote >= 0 && quote < start) quote = text.indexOf('"', start);
    const end = quote < 0 || quote > lineEnd || lineEnd < 0 ? lineEnd : findQuotedEnd(text, start, lineEnd);
    if (end < 0) return { records, end: start };
    records.push(text.slice(start, end));
    start = end + 1;
  }
}

/** Position of the line break that ends a record with quotes; -1 when it is not there yet. */
function findQuotedEnd(text: string, start: number, firstEnd: number): number {
  let quoted = false;
  for (let at = start; at < text.length; at++) {
    const character = text[at];
    if (character === '"') quoted = !quoted;
    else if (character === "\n" && !quoted) return at;
    // A quote that nobody closes must not swallow the rest of the file.
    if (at - start > MAX_RECORD_LENGTH) return firstEnd;
  }
  return -1;
}

function splitRecord(record: string, separator: string): string[] {
  if (!record.includes('"')) return record.split(separator);
  const cells: string[] = [];
  let cell = "";
  let quoted = false;
  for (let at = 0; at < record.length; at++) {
    const character = record[at] ?? "";
    if (character === '"' && quoted && record[at + 1] === '"') {
      cell += '"';
      at++;
    } else if (character === '"') quoted = !quoted;
    else if (character === separator && !quoted) {
      cells.push(cell);
      cell = "";
    } else cell += character;
  }
  return [...cells, cell];
}

function guessDelimiter(header: string): string {
  const count = (candidate: string): number => header.split(candidate).length;
  return [";", "\t", ","].reduce((best, candidate) => (count(candidate) > count(best) ? candidate : best));
}

function countLines(text: string): number {
  return text.includes("\n") ? text.split("\n").length - 1 : 0;
}
