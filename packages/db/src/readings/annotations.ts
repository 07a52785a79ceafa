import { QUALITY_BITS } from "@ecolocal/core/sensing";
import type { Ulid } from "@ecolocal/core/shared";
import type { Database } from "better-sqlite3";
import { type Columns, lowerBound } from "./columns.ts";

/**
 * What a person decided about the readings of a stretch of time; raw data stays as it came.
 *
 * `exclude` marks readings unusable. `adjust` shows value × factor + offset instead, marked `corrected`; several
 * adjustments of one reading apply one after the other, in the order in which they were made.
 */
export type AnnotationKind = "exclude" | "adjust";

export interface NewAnnotation {
  readonly id: Ulid;
  readonly channelId: Ulid;
  readonly from: number;
  readonly to: number;
  readonly kind: AnnotationKind;
  /** Of `adjust`; default 1. */
  readonly factor?: number;
  /** Of `adjust`, in the unit of the channel; default 0. */
  readonly offset?: number;
  readonly reason: string;
  readonly author: string;
}

export interface Annotation extends NewAnnotation {
  readonly factor: number;
  readonly offset: number;
  readonly createdAt: number;
  /** Null while the annotation holds. */
  readonly undoneAt: number | null;
}

interface AnnotationRow {
  id: string;
  from_at: number;
  to_at: number;
  kind: AnnotationKind;
  factor: number | null;
  offset: number | null;
  reason: string;
  author: string;
  created_at: number;
  undone_at: number | null;
}

export interface AnnotationTable {
  /** Annotations that hold, of one series, oldest first. */
  active(series: number): readonly Annotation[];
  list(series: number, channelId: Ulid): Annotation[];
  add(series: number, annotation: NewAnnotation, now: number): void;
  /** Undoes, or with null restores; null when there is no such annotation, else what it is about. */
  setUndone(id: Ulid, undoneAt: number | null): { series: number; from: number; to: number } | null;
  forget(): void;
}

const NONE: readonly Annotation[] = [];

export function createAnnotationTable(db: Database): AnnotationTable {
  const select = db.prepare<[number], AnnotationRow>(
    `SELECT id, from_at, to_at, kind, factor, offset, reason, author, created_at, undone_at
     FROM reading_annotations WHERE series = ? ORDER BY created_at, id`,
  );
  const insert = db.prepare(
    `INSERT INTO reading_annotations (id, series, from_at, to_at, kind, factor, offset, reason, author, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const undo = db.prepare<[number | null, string], { series: number; from: number; to: number }>(
    `UPDATE reading_annotations SET undone_at = ? WHERE id = ? RETURNING series, from_at AS "from", to_at AS "to"`,
  );
  const known = new Map<number, readonly Annotation[]>();
  const list = (series: number, channelId: Ulid): Annotation[] =>
    select.all(series).map((row) => toAnnotation(row, channelId));
  return {
    active(series) {
      let active = known.get(series);
      if (!active) {
        const held = list(series, "").filter((annotation) => annotation.undoneAt === null);
        active = held.length > 0 ? held : NONE;
        known.set(series, active);
      }
      return active;
    },
    list,
    add(series, { id, from, to, kind, factor, offset, reason, author }, now) {
      insert.run(id, series, from, to, kind, factor ?? null, offset ?? null, reason, author, now);
      known.clear();
    },
    setUndone(id, undoneAt) {
      known.clear();
      return undo.get(undoneAt, id) ?? null;
    },
    forget: () => known.clear(),
  };
}

function toAnnotation(row: AnnotationRow, channelId: Ulid): Annotation {
  return {
    id: row.id,
    channelId,
    from: row.from_at,
    to: row.to_at,
    kind: row.kind,
    factor: row.factor ?? 1,
    offset: row.offset ?? 0,
    reason: row.reason,
    author: row.author,
    createdAt: row.created_at,
    undoneAt: row.undone_at,
  };
}

export function touches(annotations: readonly Annotation[], from: number, to: number): boolean {
  return annotations.some((annotation) => annotation.from < to && annotation.to > from);
}

/** The readings as people want them seen; the given columns stay as they are. */
export function annotate(columns: Columns, annotations: readonly Annotation[]): Columns {
  const first = columns.at[0];
  const last = columns.at[columns.length - 1];
  if (first === undefined || last === undefined || !touches(annotations, first, last + 1)) {
    return columns;
  }
  const { length, at } = columns;
  const quality = columns.quality?.slice() ?? new Uint16Array(length);
  const spread = columns.spread && {
    n: columns.spread.n,
    min: columns.spread.min.slice(),
    max: columns.spread.max.slice(),
  };
  const seen = { length, at, value: columns.value.slice(), quality, spread };
  for (const annotation of annotations) {
    const end = lowerBound(at, annotation.to, length);
    for (let i = lowerBound(at, annotation.from, length); i < end; i++) {
      annotateOne(seen, i, annotation);
    }
  }
  return seen;
}

function annotateOne(seen: Columns, i: number, { kind, factor, offset }: Annotation): void {
  const bit = kind === "exclude" ? QUALITY_BITS.excluded : QUALITY_BITS.corrected;
  const { value, quality, spread } = seen;
  if (quality) {
    quality[i] = (quality[i] as number) | bit;
  }
  if (kind !== "adjust") {
    return;
  }
  value[i] = (value[i] as number) * factor + offset;
  if (spread) {
    const a = (spread.min[i] as number) * factor + offset;
    const b = (spread.max[i] as number) * factor + offset;
    spread.min[i] = Math.min(a, b);
    spread.max[i] = Math.max(a, b);
  }
}
