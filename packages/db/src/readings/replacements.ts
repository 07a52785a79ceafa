import type { Ulid } from "@ecolocal/core/shared";
import type { ReadingsContext } from "./context.ts";

/** One entry of the audit: a reading that another one of the same instant replaced. */
export interface Replacement {
  readonly at: number;
  /** 1 for the first replacement at this instant. */
  readonly revision: number;
  readonly oldValue: number;
  readonly oldQuality: number;
  readonly newValue: number;
  readonly newQuality: number;
  readonly replacedAt: number;
}

/** Lists what was replaced within a span of a channel, by time and revision. */
export function createReplacementList(
  context: ReadingsContext,
): (query: { channelId: Ulid; from: number; to: number; limit?: number }) => Replacement[] {
  const select = context.db.prepare<[number, number, number, number], Replacement>(
    `SELECT at, revision, old_value AS oldValue, old_quality AS oldQuality, new_value AS newValue,
       new_quality AS newQuality, replaced_at AS replacedAt
     FROM reading_replacements WHERE series = ? AND at >= ? AND at < ? ORDER BY at, revision LIMIT ?`,
  );
  return ({ channelId, from, to, limit = 1000 }) => {
    const series = context.find(channelId);
    return series ? select.all(series.id, from, to, limit) : [];
  };
}
