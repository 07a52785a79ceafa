import { type FieldValue, parseNumber } from "../../framing/fields.ts";

/** The cells of a line and what parted them. */
export interface CsvLine {
  readonly cells: readonly string[];
  readonly values: readonly (FieldValue | undefined)[];
}

const DATE_OR_TIME = /^(?:\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?|\d\d:\d\d:\d\d)$/;
const HEADER_CELL = /^[\p{L}_][\p{L}\p{N}_ .()/%°µμ#*³²-]{0,63}$/u;

/**
 * Parts a line at tabs, semicolons or commas, whichever comes first in this order, and at spaces when every word is
 * a number. Beside `;` and tab a comma is a decimal comma. A cell that is no number reads `undefined`.
 */
export function splitCsvLine(line: string): CsvLine {
  const delimiter = ["\t", ";", ","].find((candidate) => line.includes(candidate));
  if (delimiter === undefined) return readCells(line.trim().split(/\s+/), true);
  const cells = line.split(delimiter).map((cell) => unquote(cell.trim()));
  if (cells.length > 1 && cells.at(-1) === "") cells.pop();
  return readCells(cells, delimiter !== ",");
}

/** Tells whether every cell is a number, no value, or a date: a row that needs no header to be one. */
export function isNumericRow({ cells, values }: CsvLine): boolean {
  const plain = values.every((value, i) => value !== undefined || DATE_OR_TIME.test(cells[i] ?? ""));
  return plain && values.some((value) => typeof value === "number");
}

/** Tells whether a line can be the header of a table: two names or more, no numbers. */
export function isHeader({ cells, values }: CsvLine, line: string): boolean {
  const parted = /[\t;,]/.test(line);
  return parted && cells.length >= 2 && cells.every((cell, i) => values[i] === undefined && HEADER_CELL.test(cell));
}

function readCells(cells: readonly string[], decimalComma: boolean): CsvLine {
  return { cells, values: cells.map((cell) => parseNumber(cell, decimalComma)) };
}

function unquote(cell: string): string {
  return cell.length >= 2 && cell.startsWith('"') && cell.endsWith('"') ? cell.slice(1, -1) : cell;
}
