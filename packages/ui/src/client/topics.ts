import type { ChangeTopic, HostContract } from "@ecolocal/core/api";
import type { CallName } from "@ecolocal/core/api/rpc";

type Procedure = CallName<HostContract>;

/** What each reading procedure shows, so that a change refetches exactly what may be different. */
export const TOPICS_OF: Partial<Record<Procedure, readonly ChangeTopic[]>> = {
  "workspace.status": ["workspace", "sensors", "projects"],
  "workspace.list": ["workspace"],
  "backup.list": ["workspace"],
  "backup.plan": ["workspace"],
  "home.overview": ["readings", "sensors", "recommendations", "projects", "workspace"],
  "port.list": ["sensors"],
  "sensor.list": ["sensors"],
  "sensor.get": ["sensors"],
  "channel.list": ["sensors"],
  "push.status": ["sensors"],
  "calibration.list": ["sensors"],
  "calibration.options": ["sensors"],
  "share.channels": ["sensors"],
  // Its preview is shown: what a change would do depends on how things stand.
  "share.setLevel": ["sensors"],
  "data.downsample": ["readings"],
  "data.profile": ["readings"],
  "data.histogram": ["readings"],
  "data.consumption": ["readings"],
  "data.totals": ["readings"],
  "data.exceedance": ["readings"],
  "data.aggregate": ["readings"],
  "data.annotations": ["readings"],
  "judgement.list": ["readings"],
  "data.storage": ["readings"],
  "data.retentionPolicies": ["workspace"],
  "metric.list": ["metrics", "sensors"],
  "recommendation.list": ["recommendations", "metrics"],
  "recommendation.get": ["recommendations", "metrics"],
  "notice.list": ["notices"],
  "notice.settings": ["notices"],
  "project.list": ["projects"],
  "project.get": ["projects"],
};

/** New readings arrive all the time: what shows the newest values is refetched at most once in this time, in ms. */
export const READINGS_PAUSE_MS: number = 1_000;

/** Charts over days change slowly and cost more, so they wait longer, in ms. */
export const CHARTS_PAUSE_MS: number = 10_000;

const CHARTS: ReadonlySet<string> = new Set<Procedure>([
  "data.downsample",
  "data.aggregate",
  "data.annotations",
  "data.profile",
  "data.histogram",
  "data.consumption",
  "data.totals",
  "data.exceedance",
  "data.storage",
  "judgement.list",
]);

export function isChart(procedure: string): boolean {
  return CHARTS.has(procedure);
}

export function touches(procedure: string, topics: ReadonlySet<ChangeTopic>): boolean {
  const shown = TOPICS_OF[procedure as Procedure] ?? [];
  return shown.some((topic) => topics.has(topic));
}
