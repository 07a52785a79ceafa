import type { Knowledge } from "@ecolocal/core/knowledge";
import {
  type BindableChannel,
  bindMetrics,
  describeMetrics,
  type ManualValue,
  type MetricState,
  type Recommendation,
  type RecommendInput,
  recommend,
} from "@ecolocal/core/recommendation";
import type { Failure, Result } from "@ecolocal/core/shared";
import { readCircumstances, type Store } from "../store/index.ts";
import { createMetricSource } from "./metric-source.ts";

/** Same inputs, same numbers, on every computer. */
const SEED = 1;

/** Judges the catalogue over the stored readings as they are now; about as slow as reading a month of every channel. */
export function evaluateCatalogue(store: Store, knowledge: Knowledge): Result<readonly Recommendation[], Failure> {
  return recommend(recommendInput(store, knowledge));
}

export function recommendInput(store: Store, knowledge: Knowledge): RecommendInput {
  const { timeZone } = store.settings.workspaceInfo();
  return {
    knowledge,
    channels: bindableChannels(store),
    manualValues: manualValues(store),
    source: createMetricSource(store, timeZone),
    now: store.clock.now(),
    seed: SEED,
    ...readCircumstances(store.settings),
  };
}

/** What every metric of the catalogue is bound to here. */
export function metricStates(store: Store, knowledge: Knowledge): readonly MetricState[] {
  return describeMetrics(bindMetrics(bindableChannels(store), manualValues(store), knowledge), knowledge);
}

/** Channels of removed sensors keep their history but say nothing about today. */
function bindableChannels(store: Store): BindableChannel[] {
  const removed = new Set(
    store.sensors
      .listWithRemoved()
      .filter(({ removedAt }) => removedAt !== null)
      .map(({ id }) => id),
  );
  return store.channels.list().filter(({ sensorId }) => sensorId === null || !removed.has(sensorId));
}

/** Values of a count of its own are stored under `metric/statistic`. */
function manualValues(store: Store): ManualValue[] {
  return store.manualValues
    .latestOfAll()
    .flatMap(({ metricId }) => store.manualValues.history(metricId))
    .map(({ metricId: stored, value, unit, observedAt }) => {
      const { metricId, statistic } = splitMetricKey(stored);
      return { metricId, value, unit, at: observedAt, ...(statistic === undefined ? {} : { statistic }) };
    });
}

export function metricKey(metric: { readonly metricId: string; readonly statistic?: string }): string {
  return metric.statistic === undefined ? metric.metricId : `${metric.metricId}/${metric.statistic}`;
}

export function splitMetricKey(key: string): { readonly metricId: string; readonly statistic: string | undefined } {
  const slash = key.indexOf("/");
  return slash < 0
    ? { metricId: key, statistic: undefined }
    : { metricId: key.slice(0, slash), statistic: key.slice(slash + 1) };
}
