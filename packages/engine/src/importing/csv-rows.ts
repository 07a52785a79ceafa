/** One record of a CSV file and the line on which it starts, from 1. */
export interface CsvRow {
  readonly row: number;
  readonly cells: readonly string[];
}

/** Cuts CSV text into records as it arrives (RFC 4180: quotes, doubled quotes, line breaks inside quotes). */
export interface CsvReader {
  push(text: string): CsvRow[];
  /** The record that no line break ended, if there is one. */
  flush(): CsvRow[];
}

/** A record longer than this is no record but a missing quote. */
const MAX_RECORD_LENGTH = 1_000_000;

/** `delimiter` null is decided by the first line: the most frequent of `;`, tab and `,`. */
export function createCsvReader(delimiter: string | null = null): CsvReader {
  let rest = "";
  let line = 1;
  let separator = delimiter;

  const readRecord = (record: string, startsAt: number): CsvRow[] => {
    if (record.trim() === "") return [];
    separator ??= guessDelimiter(record);
    return [{ row: startsAt, cells: splitRecord(record, separator) }];
  };

  return {
    push(text) {
      const rows: CsvRow[] = [];
      rest += text;
      let start = 0;
      for (let end = findRecordEnd(rest, start); end >= 0; end = findRecordEnd(rest, start)) {
        const record = rest.slice(start, end);
        rows.push(...readRecord(record.endsWith("\r") ? record.slice(0, -1) : record, line));
        line += countLines(record) + 1;
        start = end + 1;
      }
      rest = rest.slice(start);
      return rows;
    },
    flush() {
      const last = rest;
      rest = "";
      return readRecord(last.endsWith("\r") ? last.slice(0, -1) : last, line);
    },
  };
}

/** Position of the line break that ends the record at `start`; -1 when it is not there yet. */
function findRecordEnd(text: string, start: number): number {
  const end = text.indexOf("\n", start);
  if (end < 0) return -1;
  const quote = text.indexOf('"', start);
  if (quote < 0 || quote > end) return end;
  return findQuotedEnd(text, start, end);
}

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
