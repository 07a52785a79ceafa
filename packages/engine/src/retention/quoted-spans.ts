import type { TimeRange } from "@ecolocal/core/series";
import { DAY_MS, type Instant } from "@ecolocal/core/shared";

/** Ideas look at the last weeks and months; a year lets every season speak. */
const EVIDENCE_MS = 366 * DAY_MS;

interface Quoting {
  readonly createdAt: Instant;
  readonly recommendationId: string | null;
}

export interface QuotingProjects {
  list(): readonly Quoting[];
  listBin(): readonly Quoting[];
}

/**
 * Spans of readings that must stay: what today's ideas rest on, and what the ideas behind projects rested on, those in the
 * bin among them: they can come back.
 */
export function quotedSpans(projects: QuotingProjects, now: Instant): TimeRange[] {
  return [
    { from: now - EVIDENCE_MS, to: Number.MAX_SAFE_INTEGER },
    ...[...projects.list(), ...projects.listBin()]
      .filter(({ recommendationId }) => recommendationId !== null)
      .map(({ createdAt }) => ({ from: createdAt - EVIDENCE_MS, to: createdAt })),
  ];
}
