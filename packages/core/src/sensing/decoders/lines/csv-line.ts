import { type FieldValue, parseNumber } from "../../framing/fields.ts";

/** The cells of a line and what parted them. */
export interface CsvLine {
  readonly cells: readonly string[];
  readonly values: readonly (FieldValue | undefined)[];
}

const DATE = String.raw`(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4})`;
const TIME = String.raw`\d{1,2}:\d\d(?::\d\d(?:[.,]\d+)?)?`;
const DATE_OR_TIME = new RegExp(`^(?:${DATE}|${TIME}|${DATE}[T ]${TIME}(?:Z|[+-]\\d\\d:?\\d\\d)?)$`);
/** A name for the row or the device, such as `node1` or `$DATA`. */
const LABEL = /^[$#]?[\p{L}_][\p{L}\p{N}_.-]{0,15}$/u;
const HEADER_CELL = /^[\p{L}_][\p{L}\p{N}_ .()/%°µμ#*³²-]{0,63}$/u;

/**
 * Parts a line at tabs, semicolons or commas, whichever comes first in this order, and at spaces when every word is
 * a number. Beside `;` and tab a comma is a decimal comma. A cell that is no number reads `undefined`.
 */
export function splitCsvLine(line: string): CsvLine {
  const delimiter = ["\t", ";", ","].find((candidate) => line.includes(candidate));
  if (delimiter === undefined) return readWords(line.trim().split(/\s+/));
  const cells = line.split(delimiter).map((cell) => unquote(cell.trim()));
  if (cells.length > 1 && cells.at(-1) === "") cells.pop();
  return readCells(cells, delimiter !== ",");
}

/**
 * Tells whether a line is a row without needing a header: numbers, no-values and dates, beside at most as many one-word
 * labels as numbers.
 */
export function isNumericRow({ cells, values }: CsvLine): boolean {
  const texts = cells.filter((cell, i) => values[i] === undefined && !DATE_OR_TIME.test(cell));
  const numbers = values.filter((value) => typeof value === "number").length;
  return (
    numbers > 0 && texts.length <= numbers && texts.every((text) => LABEL.test(text)) && hasPlainStart(cells, texts)
  );
}

/** A label stands first; a number among words (`in 5 seconds`) is prose. */
function hasPlainStart(cells: readonly string[], texts: readonly string[]): boolean {
  return texts.every((text, i) => cells[i] === text);
}

/** Tells whether a line can be the header of a table: two names or more, no numbers. */
export function isHeader({ cells, values }: CsvLine, line: string): boolean {
  const parted = /[\t;,]/.test(line);
  return parted && cells.length >= 2 && cells.every((cell, i) => values[i] === undefined && HEADER_CELL.test(cell));
}

function readCells(cells: readonly string[], decimalComma: boolean): CsvLine {
  return { cells, values: cells.map((cell) => parseNumber(cell, decimalComma)) };
}

/** Words count as cells only when all of them are numbers: `Attempt 3` is prose. */
function readWords(words: readonly string[]): CsvLine {
  const row = readCells(words, true);
  return row.values.includes(undefined) ? { cells: [words.join(" ")], values: [undefined] } : row;
}

function unquote(cell: string): string {
  return cell.length >= 2 && cell.startsWith('"') && cell.endsWith('"') ? cell.slice(1, -1) : cell;
}
