import type { Instant } from "@ecolocal/core/shared";
import { createSyncQuery, type SqliteHandle } from "../sqlite/index.ts";
import type { WorkspaceTables } from "./schema.ts";

/** What somebody typed in for a catalogue metric that no sensor measures. */
export interface ManualValue {
  readonly metricId: string;
  readonly value: number;
  /** UCUM code. */
  readonly unit: string;
  /** When it was true. */
  readonly observedAt: Instant;
  /** When it was typed in. */
  readonly recordedAt: Instant;
}

/** Earlier values stay as history; writes belong inside `handle.write`. */
export interface ManualValueRepository {
  /** A second value for the same moment replaces the first. */
  set(value: ManualValue): void;
  /** Forgets every value of a metric. */
  clear(metricId: string): void;
  latest(metricId: string): ManualValue | null;
  /** The latest value of every metric that has one. */
  latestOfAll(): ManualValue[];
  history(metricId: string): ManualValue[];
}

export function manualValueRepository(handle: SqliteHandle): ManualValueRepository {
  const query = createSyncQuery<WorkspaceTables>(handle.sqlite);
  const all = query.build
    .selectFrom("manual_values")
    .select(["metric_id as metricId", "value", "unit", "observed_at as observedAt", "recorded_at as recordedAt"]);
  const newestFirst = all.orderBy("observed_at", "desc");
  return {
    set(value) {
      const change = { value: value.value, unit: value.unit, recorded_at: value.recordedAt };
      query.run(
        query.build
          .insertInto("manual_values")
          .values({ metric_id: value.metricId, observed_at: value.observedAt, ...change })
          .onConflict((conflict) => conflict.columns(["metric_id", "observed_at"]).doUpdateSet(change)),
      );
    },
    clear(metricId) {
      query.run(query.build.deleteFrom("manual_values").where("metric_id", "=", metricId));
    },
    latest: (metricId) => query.first(newestFirst.where("metric_id", "=", metricId).limit(1)) ?? null,
    latestOfAll: () =>
      query.all(
        all
          .where((where) =>
            where(
              "observed_at",
              "=",
              where
                .selectFrom("manual_values as other")
                .select((select) => select.fn.max("other.observed_at").as("newest"))
                .whereRef("other.metric_id", "=", "manual_values.metric_id"),
            ),
          )
          .orderBy("metric_id"),
      ),
    history: (metricId) => query.all(all.where("metric_id", "=", metricId).orderBy("observed_at")),
  };
}
