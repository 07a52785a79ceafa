import { type ImportedValue, type ImportTarget, type RowOutcome, type RowReader, readNumber } from "./import-target.ts";
import { readTime } from "./read-time.ts";

export interface WideColumn {
  readonly index: number;
  readonly name: string;
  readonly unit: string | undefined;
  /** May depend on the row: a file with several sensors names them in another column. */
  readonly target: (cells: readonly (string | undefined)[]) => ImportTarget;
  /** Quality bits by value, for devices whose full scale is known. */
  readonly quality?: (value: number) => number;
}

export interface WidePlan {
  readonly format: string;
  /** One column, or a date and a time of day. */
  readonly time: readonly number[];
  readonly timeZone: string;
  readonly columns: readonly WideColumn[];
  /** Cells that a complete row has; undefined where rows have no fixed width. */
  readonly width: number | undefined;
  readonly decimalComma: boolean;
}

/** Reads rows with one time and one or more values each. */
export function createWideReader(plan: WidePlan): RowReader {
  return {
    format: plan.format,
    read(cells) {
      const truncated = checkWidth(cells, plan.width);
      if (truncated) return truncated;
      const written = plan.time.map((index) => cells[index] ?? "").join(" ");
      const at = readTime(written, plan.timeZone);
      if (at === undefined) return problem("IMPORT_ROW_TIME_INVALID", `"${shorten(written)}" is not a time.`);
      return readValues(plan, cells, at);
    },
  };
}

function readValues(plan: WidePlan, cells: readonly (string | undefined)[], at: number): RowOutcome {
  const values: ImportedValue[] = [];
  const problems: RowOutcome["problems"][number][] = [];
  for (const column of plan.columns) {
    const value = readNumber(cells[column.index], plan.decimalComma);
    if (value === undefined) continue;
    if (value === null) {
      const reason = `"${shorten(cells[column.index] ?? "")}" in column ${column.name} is not a number.`;
      problems.push({ code: "IMPORT_ROW_VALUE_INVALID", reason });
      continue;
    }
    const quality = column.quality?.(value) ?? 0;
    values.push({ target: column.target(cells), at, value, unit: column.unit, quality });
  }
  return { values, problems };
}

/** A row with too few or too many cells was cut or glued; its values may belong to other columns. */
export function checkWidth(cells: readonly (string | undefined)[], width: number | undefined): RowOutcome | undefined {
  if (width === undefined || cells.length === width) return undefined;
  const onlyEmptyBeyond = cells.length > width && cells.slice(width).every((cell) => (cell ?? "").trim() === "");
  if (onlyEmptyBeyond) return undefined;
  return problem("IMPORT_ROW_TRUNCATED", `The row has ${cells.length} cells instead of ${width}.`);
}

export function problem(code: RowOutcome["problems"][number]["code"], reason: string): RowOutcome {
  return { values: [], problems: [{ code, reason }] };
}

export function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
