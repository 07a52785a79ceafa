import { err, type Failure, ok, type Result } from "@ecolocal/core/shared";
import { createCsvReader } from "./csv-rows.ts";
import type { RowOutcome, RowReader } from "./import-target.ts";
import { type Header, type PlanOptions, planRows } from "./plan-rows.ts";
import { problem } from "./wide-rows.ts";

export interface OutcomeOfRow extends RowOutcome {
  readonly row: number;
}

/** Turns the text of a file, piece by piece, into what its rows say. */
export interface RowSource {
  readonly format: string;
  /** A failure here is about the whole file: nothing of it can be read. */
  push(text: string, last: boolean): Result<Iterable<OutcomeOfRow>, Failure>;
}

/** Reads the first line to know the format, then hands every row to the reader that the header calls for. */
export function createRowSource(options: PlanOptions): RowSource {
  let source: RowSource | undefined;
  let waiting = "";
  return {
    get format() {
      return source?.format ?? options.format;
    },
    push(text, last) {
      if (source) return source.push(text, last);
      waiting += text;
      const start = waiting.replace(/^\uFEFF/, "").trimStart();
      if (!start.includes("\n") && !last) return ok([]);
      if (start === "") return err(unknownFormat("The file is empty."));
      source = looksLikeJson(start, options) ? createJsonSource(options) : createCsvSource(options);
      const skipped = waiting.replace(/^\uFEFF/, "");
      waiting = "";
      return source.push(skipped, last);
    },
  };
}

function looksLikeJson(start: string, options: PlanOptions): boolean {
  return options.format === "ndjson" || (options.format === "auto" && start.startsWith("{"));
}

function createCsvSource(options: PlanOptions): RowSource {
  const reader = createCsvReader();
  let rows: RowReader | undefined;
  return {
    get format() {
      return rows?.format ?? "csv";
    },
    push(text, last) {
      const records = reader.push(text);
      if (last) records.push(...reader.flush());
      if (!rows) {
        const header = records.shift();
        if (!header) return ok([]);
        if (/[\0\uFFFD]/.test(header.cells.join(""))) return err(unknownFormat("The file is not text."));
        const planned = planRows(csvHeader(header.cells, text), options);
        if (!planned.ok) return planned;
        rows = planned.value;
      }
      return ok(readRecords(rows, records));
    },
  };
}

function* readRecords(
  rows: RowReader,
  records: readonly { readonly row: number; readonly cells: readonly string[] }[],
): Generator<OutcomeOfRow, void> {
  for (const { row, cells } of records) yield { row, ...rows.read(cells) };
}

/** Where `;` separates, a comma in numbers is the decimal sign. */
function csvHeader(names: readonly string[], text: string): Header {
  const first = text.slice(0, text.indexOf("\n"));
  return { names, source: "csv", decimalComma: first.includes(";") && !first.includes(",") };
}

/** Fields beyond these are of no known format. */
const MAX_JSON_FIELDS = 200;

function createJsonSource(options: PlanOptions): RowSource {
  let rest = "";
  let row = 0;
  let names: readonly string[] = [];
  let rows: RowReader | undefined;
  // Objects may leave fields out, so the header grows with what they bring.
  const readObject = (object: Readonly<Record<string, unknown>>): Result<RowOutcome, Failure> => {
    const added = Object.keys(object).filter((name) => !names.includes(name));
    if (!rows || (added.length > 0 && names.length < MAX_JSON_FIELDS)) {
      names = [...names, ...added];
      const planned = planRows({ names, source: "ndjson", decimalComma: false }, options);
      if (!planned.ok) return planned;
      rows = planned.value;
    }
    return ok(rows.read(names.map((name) => cellText(object[name]))));
  };
  return {
    get format() {
      return "ndjson";
    },
    push(text, last) {
      rest += text;
      const lines = rest.split("\n");
      rest = last ? "" : (lines.pop() ?? "");
      const outcomes: OutcomeOfRow[] = [];
      for (const line of lines) {
        row++;
        if (line.trim() === "") continue;
        const object = parseObject(line);
        const outcome = object
          ? readObject(object)
          : ok(problem("IMPORT_ROW_TRUNCATED", "The line is no JSON object."));
        if (!outcome.ok) return outcome;
        outcomes.push({ row, ...outcome.value });
      }
      return ok(outcomes);
    },
  };
}

function parseObject(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

function cellText(value: unknown): string | undefined {
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}

function unknownFormat(detail: string): Failure<"IMPORT_FORMAT_UNKNOWN"> {
  return {
    code: "IMPORT_FORMAT_UNKNOWN",
    op: "data.import",
    subject: "file",
    detail,
    hint: "Import CSV with a header line, or NDJSON with one object a line.",
    retry: "after-change",
  };
}
