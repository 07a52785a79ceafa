import { DAY_MS, type Failure, type Instant, instantToIso, ok, type Result, type Ulid } from "@ecolocal/core/shared";
import { pause, type Store } from "../store/index.ts";
import { keepDaysOf, noteRun, readPolicies } from "./policies.ts";
import type { QuotingProjects } from "./quoted-spans.ts";
import { retain } from "./retain.ts";

/** Between two channels, live readings are kept. */
const PAUSE_MS = 50;

/** Once a day, drops what the policies let go; a run that was cut short is done again. */
export async function applyPoliciesDaily(
  store: Store,
  openProjects: () => Promise<Result<QuotingProjects, Failure>>,
  signal: AbortSignal,
): Promise<Result<void, Failure>> {
  const policies = readPolicies(store);
  const now = store.clock.now();
  const limits = store.channels.list().flatMap(({ id }) => {
    const keepDays = keepDaysOf(policies, id);
    return keepDays === null ? [] : [{ channelId: id, before: now - keepDays * DAY_MS }];
  });
  const isDue = policies.lastRun === null || now - policies.lastRun.at >= DAY_MS;
  if (limits.length === 0 || !isDue || store.db.mode === "read-only") return ok(undefined);
  const projects = await openProjects();
  if (!projects.ok) return projects;
  const sum = { readings: 0, bytes: 0, kept: 0 };
  for (const limit of limits) {
    if (signal.aborted) return ok(undefined);
    const report = retain(store, projects.value, { ...limit, apply: true });
    if (!report.ok) return report;
    sum.readings += report.value.readings;
    sum.bytes += report.value.bytes;
    sum.kept += report.value.kept.reduce((all, { readings }) => all + readings, 0);
    const noted = report.value.readings > 0 ? note(store, limit, report.value.readings) : ok(undefined);
    if (!noted.ok) return noted;
    await pause(PAUSE_MS, signal);
  }
  return noteRun(store, { at: now, ...sum });
}

function note(store: Store, { channelId, before }: { channelId: Ulid; before: Instant }, readings: number) {
  const detail = `${readings} readings before ${instantToIso(before)}`;
  const entry = { at: store.clock.now(), actor: "engine", action: "data.retention", subject: channelId, detail };
  return store.db.write("data.retention", channelId, () => store.audit.add(entry));
}
