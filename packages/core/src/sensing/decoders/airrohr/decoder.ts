import type { DecodedReading, Decoder } from "../../decoder.ts";
import type { DecoderOptions } from "../../driver.ts";
import { type Field, fieldsToRaw, parseNumber } from "../../framing/fields.ts";
import { createLineFramer, type LineRule, type LineVerdict } from "../../framing/line-framer.ts";
import { readPushJson } from "./push-json.ts";
import type { ValueType } from "./value-types.ts";
import { readValues, valueTypes } from "./values.ts";

/** A node with every sensor posts about 1.5 kB. */
const MAX_LINE_LENGTH = 8192;
const HEADER = /^Timestamp_ms;[\w;]+$/;
const ROW = /^\d+;/;
/** Together these tell one measuring cycle of a node from the next. */
const CYCLE_KEYS = ["samples", "min_micro", "max_micro"] as const;

/**
 * Decodes what an airRohr (luftdaten, sensor.community) node prints on USB: the CSV with its header, and the posts
 * as JSON that the debug log shows between prose.
 *
 * Columns mean what the header says. The header comes once after boot; rows without one (the port was opened
 * without a reset) keep their values in `raw` by column number and make no readings, unless the header of an
 * earlier time is given in the options. The debug log shows one measurement in several posts: each value is
 * reported once per measuring cycle. `Timestamp_ms` counts from boot and is no device time. Pressure becomes hPa.
 *
 * Source: opendata-stuttgart/sensors-software, airrohr-firmware.ino, send_csv().
 */
export function createAirrohrDecoder(options: DecoderOptions = {}): Decoder {
  return createLineFramer(new AirrohrRule(options));
}

/** The names of a row's or post's values and what they mean. */
interface Columns {
  readonly names: readonly string[];
  readonly types: readonly (ValueType | null)[];
  /** Places of the cycle keys; -1 for one that is not there. */
  readonly cycle: readonly number[];
}

function readColumns(names: readonly string[]): Columns {
  return { names, types: valueTypes(names), cycle: CYCLE_KEYS.map((key) => names.indexOf(key)) };
}

class AirrohrRule implements LineRule {
  readonly maxLength = MAX_LINE_LENGTH;
  #header: string | undefined;
  #columns: Columns | null = null;
  /** Values of the cycle keys in the measuring cycle under way. */
  #cycle: readonly (Field["value"] | undefined)[] = [];
  #reported: readonly DecodedReading[] = [];

  constructor({ header }: DecoderOptions) {
    if (header !== undefined) this.#learnHeader(header);
  }

  header(): string | undefined {
    return this.#header;
  }

  interpret(line: string): LineVerdict {
    const text = line.trim();
    if (HEADER.test(text)) {
      this.#learnHeader(text);
      return "SENSING_FRAME_NOT_A_READING";
    }
    if (text.startsWith("{")) return this.#interpretJson(text);
    return ROW.test(text) ? this.#interpretRow(text) : "SENSING_BYTES_UNRECOGNISED";
  }

  #learnHeader(header: string): void {
    this.#header = header;
    this.#columns = readColumns(splitCells(header));
  }

  #interpretJson(text: string): LineVerdict {
    const fields = readPushJson(text);
    if (fields !== null) {
      const values = fields.map(({ value }) => value);
      const columns = readColumns(fields.map(({ key }) => key));
      const cycle = columns.cycle.map((place) => values[place]);
      return { readings: this.#firstReports(readValues(values, columns.types), cycle), raw: () => fieldsToRaw(fields) };
    }
    return text.endsWith("}") ? "SENSING_FRAME_NOT_A_READING" : "SENSING_FRAME_MALFORMED";
  }

  #interpretRow(text: string): LineVerdict {
    const cells = splitCells(text);
    const columns = this.#columns;
    if (columns === null) return { readings: [], raw: () => toRaw(cells, []) };
    if (columns.names.length !== cells.length) return "SENSING_FRAME_MALFORMED";
    const cycle = columns.cycle.map((place) => (place === -1 ? undefined : cellValue(cells[place] ?? "")));
    const readings = this.#firstReports(readValues(cells, columns.types), cycle);
    return { readings, raw: () => toRaw(cells, columns.names) };
  }

  /** Leaves out what an earlier post of the same measuring cycle has said. */
  #firstReports(
    readings: readonly DecodedReading[],
    cycle: readonly (Field["value"] | undefined)[],
  ): readonly DecodedReading[] {
    if (cycle.includes(undefined)) return readings;
    const goesOn = cycle.every((value, i) => value === this.#cycle[i]);
    const fresh = goesOn ? readings.filter((reading) => !this.#isReported(reading)) : readings;
    this.#cycle = cycle;
    this.#reported = goesOn ? [...this.#reported, ...fresh] : readings;
    return fresh;
  }

  /** Posts of one cycle name sensors differently (`P1`, `SDS_P1`), so the value itself is what they have in common. */
  #isReported({ quantity, value }: DecodedReading): boolean {
    return this.#reported.some((known) => known.quantity === quantity && known.value === value);
  }
}

/** Some firmwares end their lines with a semicolon. */
function splitCells(text: string): string[] {
  return (text.endsWith(";") ? text.slice(0, -1) : text).split(";");
}

function toRaw(cells: readonly string[], names: readonly string[]): Record<string, Field["value"]> {
  return fieldsToRaw(cells.map((cell, i) => ({ key: names[i] ?? String(i + 1), value: cellValue(cell) })));
}

function cellValue(cell: string): Field["value"] {
  const value = parseNumber(cell.trim(), false);
  return value === undefined ? cell : value;
}
