import { createHash } from "node:crypto";
import type { ImportCounts } from "@ecolocal/db/workspace";
import type { FilePlace } from "./csv-rows.ts";
import type { PlanOptions } from "./plan-rows.ts";
import type { ResumePlace } from "./row-source.ts";

/** A stretch of a file that is imported: up to where, in characters, and the SHA-256 of its text. */
export interface ImportedPart {
  readonly to: number;
  readonly sha256: string;
}

/** How far an import got, and what going on from there needs. */
export interface ImportCheckpoint extends ResumePlace {
  /** One part for each time that the file was begun or gone on with; the first begins at its start. */
  readonly parts: readonly ImportedPart[];
}

/** How a file is read, as the record of its import says it. */
export interface ImportManner extends Pick<PlanOptions, "format" | "columns" | "defaults"> {
  readonly timeZone: string;
  readonly reached?: ImportCheckpoint;
}

export interface ImportedSoFar {
  readonly checkpoint: ImportCheckpoint;
  readonly counts: ImportCounts;
}

/** The checkpoint of a record that was read in the same manner; undefined where it cannot be gone on with. */
export function findCheckpoint(recorded: unknown, manner: ImportManner): ImportCheckpoint | undefined {
  const { reached, ...before } = (recorded ?? {}) as Partial<ImportManner>;
  const isSame = JSON.stringify(before) === JSON.stringify(manner);
  return isSame && reached !== undefined && reached.parts.length > 0 ? reached : undefined;
}

/** Follows the text of a file, so that each place reached comes with the checksum of the text before it. */
export interface TextTrail {
  add(text: string): void;
  /** The parts up to a place, which is never before an earlier one. */
  partsTo(place: FilePlace): readonly ImportedPart[];
  /** SHA-256 of the whole text; null where an earlier import read its beginning. */
  whole(): string | null;
}

export function createTextTrail(before: readonly ImportedPart[]): TextTrail {
  const hash = createHash("sha256");
  let at = before.at(-1)?.to ?? 0;
  let ahead = "";
  return {
    add(text) {
      ahead += text;
    },
    partsTo({ offset }) {
      hash.update(ahead.slice(0, offset - at));
      ahead = ahead.slice(offset - at);
      at = offset;
      return [...before, { to: offset, sha256: hash.copy().digest("hex") }];
    },
    whole: () => (before.length === 0 ? hash.copy().update(ahead).digest("hex") : null),
  };
}
