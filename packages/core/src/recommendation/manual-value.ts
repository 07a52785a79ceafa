import type { Knowledge } from "../knowledge/index.ts";
import { err, type Failure, ok, type Result } from "../shared/index.ts";
import { isOwnCount, type MetricBindings } from "./bind-metrics.ts";
import type { ManualValue } from "./metric-source.ts";

export type ManualValueFailure = Failure<"METRIC_NOT_FOUND" | "METRIC_UNIT_MISMATCH" | "METRIC_VALUE_IMPLAUSIBLE">;

/** A value that people can enter by hand for the catalogue. */
export interface EnterableMetric {
  readonly metricId: string;
  /** Set for counts of their own (`mown_grass_m2`). */
  readonly statistic?: string;
  readonly name: string;
  readonly unit: string;
  readonly kind: string;
  /** Project types whose triggers ask for it. */
  readonly usedBy: readonly string[];
}

/** Everything that the catalogue's triggers ask for, one entry per metric and count of its own. */
export function enterableMetrics(knowledge: Knowledge): readonly EnterableMetric[] {
  const found = new Map<string, EnterableMetric>();
  for (const project of knowledge.projectTypes) {
    for (const { metric: metricId, stat, unit } of project.triggers.flatMap((trigger) => trigger.all)) {
      const metric = knowledge.metric(metricId);
      if (metric === undefined) continue;
      const isOwn = isOwnCount(stat);
      const key = isOwn ? `${metricId}/${stat}` : metricId;
      const known = found.get(key);
      const usedBy = [...new Set([...(known?.usedBy ?? []), project.id])];
      const own = isOwn ? { statistic: stat, name: knowledge.statistic(stat)?.text ?? stat, unit } : null;
      found.set(key, { metricId, name: metric.name, unit: metric.unit, kind: metric.kind, ...own, usedBy });
    }
  }
  return [...found.values()];
}

/**
 * Checks a value that a person entered: a known metric, its own unit, and inside the plausible range. Run it at the
 * boundary; `recommend` takes the values as they are.
 */
export function checkManualValue(value: ManualValue, knowledge: Knowledge): Result<ManualValue, ManualValueFailure> {
  const refuse = (code: ManualValueFailure["code"], detail: string, hint?: string) =>
    err<ManualValueFailure>({
      code,
      op: "enter value",
      subject: value.metricId,
      detail,
      ...(hint === undefined ? {} : { hint }),
      retry: "after-change",
    });
  const asked = enterableMetrics(knowledge).find(
    (metric) => metric.metricId === value.metricId && metric.statistic === value.statistic,
  );
  const metric = knowledge.metric(value.metricId);
  if (metric === undefined || (asked === undefined && value.statistic !== undefined)) {
    const name = value.statistic === undefined ? value.metricId : `${value.metricId}/${value.statistic}`;
    return refuse("METRIC_NOT_FOUND", `The catalogue knows no metric "${name}".`);
  }
  const unit = asked?.unit ?? metric.unit;
  if (value.unit !== unit) {
    return refuse(
      "METRIC_UNIT_MISMATCH",
      `${metric.name} is counted in ${unit}, not in ${value.unit}.`,
      `Enter it in ${unit}.`,
    );
  }
  const [min, max] = value.statistic === undefined ? (metric.plausible ?? [-1e15, 1e15]) : [0, 1e9];
  if (!Number.isFinite(value.value) || value.value < min || value.value > max) {
    return refuse("METRIC_VALUE_IMPLAUSIBLE", `${value.value} ${unit} is outside ${min} to ${max} ${unit}.`);
  }
  return ok(value);
}

/** What a metric is bound to: the first channel, the newest value entered, or nothing. */
export interface MetricState extends EnterableMetric {
  readonly boundTo: "channel" | "manual" | "nothing";
  readonly channelIds: readonly string[];
  readonly manual: ManualValue | null;
}

/** Every metric the catalogue asks for with what it is bound to here. */
export function describeMetrics(bindings: MetricBindings, knowledge: Knowledge): readonly MetricState[] {
  return enterableMetrics(knowledge).map((metric): MetricState => {
    const isOwn = metric.statistic !== undefined;
    const channelIds = isOwn ? [] : bindings.channelsOf(metric.metricId).map((bound) => bound.channelId);
    const manual = bindings.manualOf(metric.metricId, metric.statistic).at(-1) ?? null;
    const boundTo = channelIds.length > 0 ? "channel" : manual === null ? "nothing" : "manual";
    return { ...metric, boundTo, channelIds, manual };
  });
}
