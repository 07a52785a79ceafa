import { err, type Failure, ok, type Result } from "@ecolocal/core/shared";
import { type FilePlace, MAX_RECORD_LENGTH } from "./csv-rows.ts";
import type { RowOutcome, RowReader } from "./import-target.ts";
import { lineTooLong } from "./line-too-long.ts";
import { type PlanOptions, planRows } from "./plan-rows.ts";
import type { OutcomeOfRow, RowSource } from "./row-source.ts";
import { problem } from "./wide-rows.ts";

/** Fields beyond these are of no known format. */
const MAX_JSON_FIELDS = 200;

/** Reads newline-delimited JSON: one object a line, whose fields are the columns. */
export function createJsonSource(options: PlanOptions): RowSource {
  let rest = "";
  let place: FilePlace = { offset: 0, row: 1 };
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
  const readLine = (line: string): Result<RowOutcome, Failure> => {
    const object = parseObject(line);
    return object ? readObject(object) : ok(problem("IMPORT_ROW_TRUNCATED", "The line is no JSON object."));
  };
  const readLines = (lines: readonly string[]): Result<OutcomeOfRow[], Failure> => {
    const outcomes: OutcomeOfRow[] = [];
    for (const line of lines) {
      const { row } = place;
      place = { offset: place.offset + line.length + 1, row: row + 1 };
      if (line.trim() === "") continue;
      const outcome = readLine(line);
      if (!outcome.ok) return outcome;
      outcomes.push({ row, end: place, ...outcome.value });
    }
    return ok(outcomes);
  };
  return {
    get format() {
      return "ndjson";
    },
    head: () => `${JSON.stringify(Object.fromEntries(names.map((name) => [name, null])))}\n`,
    moveTo(next) {
      place = next;
    },
    push(text, last) {
      rest += text;
      const lines = rest.split("\n");
      rest = last ? "" : (lines.pop() ?? "");
      const long = [...lines, rest].findIndex((line) => line.length > MAX_RECORD_LENGTH);
      return long < 0 ? readLines(lines) : err(lineTooLong(place.row + long));
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
