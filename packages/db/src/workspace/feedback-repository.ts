import type { Instant, Ulid } from "@ecolocal/core/shared";
import { createSyncQuery, type SqliteHandle } from "../sqlite/index.ts";
import type { WorkspaceTables } from "./schema.ts";

/** What somebody did with a recommendation; `reconsidered` takes an earlier answer back. */
export interface RecommendationFeedback {
  readonly recommendationId: string;
  readonly action: "accepted" | "dismissed" | "wrong" | "reconsidered";
  readonly reason: string;
  readonly at: Instant;
  /** The project an acceptance started. */
  readonly projectId: Ulid | null;
}

/** A log: nothing is overwritten. Writes belong inside `handle.write`. */
export interface FeedbackRepository {
  add(feedback: RecommendationFeedback): void;
  /** The answer that stands, or null when there is none or it was taken back. */
  current(recommendationId: string): RecommendationFeedback | null;
  /** The standing answer of every recommendation that has one. */
  currentOfAll(): RecommendationFeedback[];
  /** Every answer, oldest first. */
  history(recommendationId: string): RecommendationFeedback[];
}

export function feedbackRepository(handle: SqliteHandle): FeedbackRepository {
  const query = createSyncQuery<WorkspaceTables>(handle.sqlite);
  const all = query.build
    .selectFrom("recommendation_feedback")
    .select(["recommendation_id as recommendationId", "action", "reason", "at", "project_id as projectId"]);
  const latest = all.where((where) =>
    where(
      "id",
      "in",
      where
        .selectFrom("recommendation_feedback")
        .select((select) => select.fn.max("id").as("newest"))
        .groupBy("recommendation_id"),
    ),
  );
  const standing = (rows: unknown[]) =>
    (rows as RecommendationFeedback[]).filter((feedback) => feedback.action !== "reconsidered");
  return {
    add(feedback) {
      query.run(
        query.build.insertInto("recommendation_feedback").values({
          recommendation_id: feedback.recommendationId,
          action: feedback.action,
          reason: feedback.reason,
          at: feedback.at,
          project_id: feedback.projectId,
        }),
      );
    },
    current: (id) => standing(query.all(latest.where("recommendation_id", "=", id)))[0] ?? null,
    currentOfAll: () => standing(query.all(latest.orderBy("recommendation_id"))),
    history: (id) => query.all(all.where("recommendation_id", "=", id).orderBy("id")) as RecommendationFeedback[],
  };
}
