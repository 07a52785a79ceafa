import type { Knowledge, Metric, MetricBinding } from "../knowledge/index.ts";
import { quantitySpec, type Ulid } from "../shared/index.ts";
import type { BindableChannel, ManualValue } from "./metric-source.ts";

/** A channel that carries a metric, with how to read it. */
export interface BoundChannel {
  readonly channelId: Ulid;
  readonly sensorId: Ulid | null;
  readonly place: string;
  /** The metric's unit per canonical unit of the channel. */
  readonly scale: number;
  readonly kind: "gauge" | "counter" | "sum";
  /** The second channel of a derived metric (humidity beside temperature). */
  readonly companionId?: Ulid;
}

/** What each metric of the catalogue is bound to in this workspace. */
export interface MetricBindings {
  channelsOf(metricId: string): readonly BoundChannel[];
  /** Values entered by hand, oldest first; a statistic that names its own count has values of its own. */
  manualOf(metricId: string, statistic?: string): readonly ManualValue[];
  /** True when a sensor measures the quantity but does not say whether it is indoors or outdoors. */
  lacksExposure(metricId: string): boolean;
}

/** Statistics whose manual values are kept apart, because they count something else than the metric's own value. */
const OWN_COUNTS: ReadonlySet<string> = new Set([
  "mown_grass_m2",
  "free_plot_m2",
  "items_offered",
  "fruit_offers",
  "fixers_registered",
  "parked_over_capacity",
  "solo_commute",
]);

/** Tells whether a statistic is a count of its own that people enter by hand. */
export function isOwnCount(statistic: string): boolean {
  return OWN_COUNTS.has(statistic);
}

/**
 * Binds catalogue metrics to channels by quantity, exposure and place, and to values entered by hand.
 * A metric that nothing carries stays unbound; the triggers then say "cannot judge", never "no".
 */
export function bindMetrics(
  channels: readonly BindableChannel[],
  manualValues: readonly ManualValue[],
  knowledge: Knowledge,
): MetricBindings {
  const worded = knowledge.metrics.flatMap((metric) => metric.bindings ?? []).filter((b) => b.placeWords !== undefined);
  const direct = new Map(
    knowledge.metrics.map((metric) => [metric.id, bindDirectly(metric, channels, worded)] as const),
  );
  const derived = new Map(knowledge.metrics.map((metric) => [metric.id, bindDerived(metric, direct)] as const));
  const sorted = [...manualValues].sort((a, b) => a.at - b.at);
  const byId = new Map(knowledge.metrics.map((metric) => [metric.id, metric] as const));
  return {
    lacksExposure: (metricId) =>
      (byId.get(metricId)?.bindings ?? []).some(({ quantity, exposure }) =>
        channels.some((c) => exposure !== undefined && c.quantity === quantity && c.exposure === "unknown"),
      ),
    channelsOf: (metricId) => [...(direct.get(metricId) ?? []), ...(derived.get(metricId) ?? [])],
    manualOf: (metricId, statistic) => {
      const own = statistic !== undefined && isOwnCount(statistic) ? statistic : undefined;
      return sorted.filter((value) => value.metricId === metricId && value.statistic === own);
    },
  };
}

function bindDirectly(
  metric: Metric,
  channels: readonly BindableChannel[],
  worded: readonly MetricBinding[],
): readonly BoundChannel[] {
  for (const binding of metric.bindings ?? []) {
    const bound = channels.filter((channel) => carries(binding, channel, worded));
    if (bound.length > 0) return bound.map((channel) => toBound(channel, binding.scale ?? 1));
  }
  return [];
}

function carries(binding: MetricBinding, channel: BindableChannel, worded: readonly MetricBinding[]): boolean {
  if (!matches(binding, channel)) return false;
  if (binding.placeWords !== undefined) return saysOneOf(channel.place, binding.placeWords);
  // A channel on a wall or in a compost heap is not the room's or the street's air.
  return !worded.some((other) => matches(other, channel) && saysOneOf(channel.place, other.placeWords ?? []));
}

function matches(binding: MetricBinding, channel: BindableChannel): boolean {
  if (binding.quantity !== channel.quantity) return false;
  return binding.exposure === undefined || binding.exposure === channel.exposure;
}

/** Tells whether a place's name contains one of the words. */
export function saysOneOf(place: string, words: readonly string[]): boolean {
  const lower = place.toLowerCase();
  return words.some((word) => lower.includes(word));
}

function toBound(channel: BindableChannel, scale: number): BoundChannel {
  const { kind } = quantitySpec(channel.quantity);
  return {
    channelId: channel.id,
    sensorId: channel.sensorId,
    place: channel.place,
    scale,
    kind: kind === "direction" ? "gauge" : kind,
  };
}

/** Derived metrics stand on the channels of their sources; two sources must share a sensor or a place. */
function bindDerived(metric: Metric, direct: ReadonlyMap<string, readonly BoundChannel[]>): readonly BoundChannel[] {
  const [first, second] = metric.derivedFrom ?? [];
  const bases = first === undefined ? [] : (direct.get(first) ?? []);
  if (second === undefined) return bases;
  return bases.flatMap((base) => {
    const companion = (direct.get(second) ?? []).find(
      (other) => (base.sensorId !== null && other.sensorId === base.sensorId) || other.place === base.place,
    );
    return companion === undefined ? [] : [{ ...base, companionId: companion.channelId }];
  });
}
