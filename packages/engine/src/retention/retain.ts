import type { Failure, Instant, Result, Ulid } from "@ecolocal/core/shared";
import type { RetentionPreview } from "@ecolocal/db/readings";
import type { Store } from "../store/index.ts";
import { type QuotingProjects, quotedSpans } from "./quoted-spans.ts";
import { unsharedSpans } from "./unshared-spans.ts";

interface Retaining {
  readonly channelId: Ulid;
  readonly before: Instant;
  readonly apply: boolean;
}

/** Drops readings before an instant, or shows what that would drop; what ideas, projects or the group need stays. */
export function retain(
  store: Store,
  projects: QuotingProjects,
  { apply, ...request }: Retaining,
): Result<RetentionPreview, Failure> {
  const keep = [
    ...quotedSpans(projects, store.clock.now()).map((span) => ({ ...span, reason: "quoted" as const })),
    ...unsharedSpans(store, request.channelId).map((span) => ({ ...span, reason: "unshared" as const })),
  ];
  const asked = { ...request, keep };
  const report = apply ? store.readings.applyRetention(asked) : store.readings.previewRetention(asked);
  if (apply && report.ok && report.value.readings > 0) store.changes.notify("readings", "recommendations");
  return report;
}
