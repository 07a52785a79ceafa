import type { Decoder } from "../../decoder.ts";
import type { DecoderOptions, LineMapping } from "../../driver.ts";
import { type Field, fieldsToRaw, nameUniquely } from "../../framing/fields.ts";
import { readJsonFields } from "../../framing/json-fields.ts";
import { createLineFramer, type LineRule, type LineVerdict } from "../../framing/line-framer.ts";
import { mapFields } from "../../line-mapping.ts";
import { type CsvLine, isHeader, isNumericRow, splitCsvLine } from "./csv-line.ts";
import { readPairLine } from "./pair-line.ts";

/** Longest line that is read, in bytes. */
export const MAX_LINE_LENGTH = 4096;

/**
 * Decodes the text lines that Arduinos, ESPs and loggers print: JSON lines (nested too), CSV with `,`, `;`, tab or
 * spaces, with or without a header, `key=value` and `key: value` pairs, and the Arduino plotter format.
 *
 * One line is one frame. Everything a line says is in `raw`; readings are made only of keys or columns that the
 * mapping names, never by guessing. A header line names the columns from the next row on. Boot messages and prose
 * are unrecognised, a line that begins as JSON and is none is malformed.
 */
export function createLinesDecoder(options: DecoderOptions = {}): Decoder {
  return createLineFramer(new LinesRule(options));
}

/** A header line and the column names it gives. */
interface Header {
  readonly line: string;
  readonly names: readonly string[];
}

class LinesRule implements LineRule {
  readonly maxLength = MAX_LINE_LENGTH;
  readonly #mapping: readonly LineMapping[];
  #header: Header | null;
  /** A line that may be a header; it becomes one when the next row has as many cells. */
  #candidate: Header | null = null;

  constructor({ mapping = [], header }: DecoderOptions) {
    this.#mapping = mapping;
    this.#header = header === undefined ? null : readHeader(header);
  }

  header(): string | undefined {
    return this.#header?.line;
  }

  interpret(line: string): LineVerdict {
    const text = line.trim();
    if (text.startsWith("{") || text.startsWith("[")) {
      const fields = readJsonFields(text);
      if (fields !== null) return this.#frame(fields);
      if (text.startsWith("{")) return "SENSING_FRAME_MALFORMED";
    }
    return this.#interpretRow(text);
  }

  #interpretRow(text: string): LineVerdict {
    const row = splitCsvLine(text);
    const fields = this.#readRow(row) ?? readPairLine(text);
    if (fields !== null) return this.#frame(fields);
    this.#candidate = isHeader(row, text) ? readHeader(text) : null;
    return this.#candidate === null ? "SENSING_BYTES_UNRECOGNISED" : "SENSING_FRAME_NOT_A_READING";
  }

  #readRow(row: CsvLine): Field[] | null {
    const header = [this.#candidate, this.#header].find((known) => known?.names.length === row.cells.length);
    const hasNumber = row.values.some((value) => typeof value === "number");
    if (!isNumericRow(row) && !(header && hasNumber)) return null;
    if (header) this.#header = header;
    this.#candidate = null;
    return row.cells.map((cell, i) => {
      const value = row.values[i];
      return { key: header?.names[i] ?? String(i + 1), value: value === undefined ? cell : value };
    });
  }

  #frame(fields: readonly Field[]): LineVerdict {
    return { readings: mapFields(fields, this.#mapping), raw: fieldsToRaw(fields) };
  }
}

function readHeader(line: string): Header {
  return { line, names: nameUniquely(splitCsvLine(line).cells) };
}
