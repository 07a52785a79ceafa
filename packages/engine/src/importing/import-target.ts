import type { Exposure } from "@ecolocal/core/sensing";
import type { Quantity, Ulid } from "@ecolocal/core/shared";

/** The channel that a value belongs to: one that exists, or one to be found by its place and made when missing. */
export type ImportTarget =
  | { readonly channelId: Ulid }
  | {
      readonly quantity: Quantity;
      readonly key: string;
      readonly place: string;
      readonly exposure: Exposure;
      /** Estimated from the first readings when it is not given. */
      readonly intervalMs?: number | undefined;
    };

/** One value of one row, in the canonical unit of its channel's quantity once resolved. */
export interface ImportedValue {
  readonly target: ImportTarget;
  readonly at: number;
  readonly value: number;
  /** Undefined: the unit customary for the quantity. */
  readonly unit: string | undefined;
  readonly quality: number;
  readonly spread?: { readonly n: number; readonly min: number; readonly max: number };
}

export type RowCode =
  | "IMPORT_ROW_TIME_INVALID"
  | "IMPORT_ROW_VALUE_INVALID"
  | "IMPORT_ROW_TRUNCATED"
  | "READINGS_NOT_FINITE"
  | "READINGS_TIME_TOO_OLD"
  | "READINGS_TIME_IN_FUTURE"
  | "READINGS_CHANNEL_UNKNOWN";

export interface RowProblem {
  /** Line of the file, from 1. */
  readonly row: number;
  readonly code: RowCode;
  readonly reason: string;
}

/** What one row gives: its good values, and what is wrong with the others. */
export interface RowOutcome {
  readonly values: readonly ImportedValue[];
  readonly problems: readonly Omit<RowProblem, "row">[];
}

/** Reads rows of one file, whose header is known. */
export interface RowReader {
  /** Name for the record of the import (`csv`, `ndjson`, `sensor-community`, …). */
  readonly format: string;
  read(cells: readonly (string | undefined)[]): RowOutcome;
}

/** Reads a number as written; undefined for an empty cell, null for text that is none. */
export function readNumber(cell: string | undefined, decimalComma: boolean): number | null | undefined {
  const text = (cell ?? "").trim();
  if (text === "" || /^(nan|null|none|n\/a|na|unknown|unavailable|-+)$/i.test(text)) return undefined;
  const plain = decimalComma ? text.replace(",", ".") : text;
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain) ? Number(plain) : null;
}
