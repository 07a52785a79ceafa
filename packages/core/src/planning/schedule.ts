import type { Span } from "../knowledge/index.ts";
import { DAY_MS, dayToIso, err, type Failure, ok, type Result } from "../shared/index.ts";
import type { ExpectedSchedule, ScheduledTask } from "./plan.ts";

/** What the schedule needs to know of a task; ids may be template ids or the document's. */
export interface SchedulableTask {
  readonly templateId: string;
  readonly days: Span;
  readonly after: readonly string[];
}

export type ScheduleFailure = Failure<"TASK_DEPENDENCY_CYCLE" | "PLANNING_DAY_INVALID">;

/** The mean of a three-point estimate. Source: PERT, (o + 4m + p) / 6. */
export function pertMean([optimistic, likely, pessimistic]: Span): number {
  return (optimistic + 4 * likely + pessimistic) / 6;
}

/**
 * Places every task at its earliest start when each takes its PERT mean, on calendar days from `startOn` on.
 *
 * A task starts when all tasks before it are finished; ids in `after` that are not in the list are ignored, since
 * people remove tasks. Days are whole on the calendar: a task ends on the day in which its last hour falls.
 * Says nothing about chance: parallel paths make the true end later on average.
 */
export function expectedSchedule(
  tasks: readonly SchedulableTask[],
  startOn: string,
): Result<ExpectedSchedule, ScheduleFailure> {
  const origin = parseDay(startOn);
  if (origin === null) {
    return err(scheduleFailure("PLANNING_DAY_INVALID", startOn, `"${startOn}" is no day; write it as YYYY-MM-DD.`));
  }
  const order = dependencyOrder(tasks);
  if (order === null) {
    return err(scheduleFailure("TASK_DEPENDENCY_CYCLE", startOn, "Some tasks wait for each other in a circle."));
  }
  const finish = new Map<string, number>();
  const start = new Map<string, number>();
  for (const task of order) {
    const begin = Math.max(0, ...task.after.map((id) => finish.get(id) ?? 0));
    start.set(task.templateId, begin);
    finish.set(task.templateId, begin + pertMean(task.days));
  }
  const end = Math.max(0, ...finish.values());
  const latest = latestFinishes(order, end);
  const scheduled = tasks.map((task): ScheduledTask => {
    const begin = start.get(task.templateId) ?? 0;
    const finished = finish.get(task.templateId) ?? begin;
    return {
      templateId: task.templateId,
      expectedDays: pertMean(task.days),
      startOn: dayToIso(origin + Math.floor(begin + TINY)),
      endOn: dayToIso(origin + lastDay(begin, finished)),
      critical: (latest.get(task.templateId) ?? finished) - finished < TINY,
    };
  });
  return ok({ startOn, endOn: dayToIso(origin + lastDay(0, end)), tasks: scheduled });
}

/** Absorbs rounding of sums of sixths. */
const TINY = 1e-6;

/** The calendar day in which a span of days ends; a span that ends at midnight ends on the day before. */
function lastDay(begin: number, end: number): number {
  return Math.max(Math.floor(begin + TINY), Math.ceil(end - TINY) - 1);
}

/** Tasks so that each comes after its predecessors; null when they form a circle. */
function dependencyOrder(tasks: readonly SchedulableTask[]): readonly SchedulableTask[] | null {
  const known = new Set(tasks.map((task) => task.templateId));
  const placed = new Set<string>();
  const order: SchedulableTask[] = [];
  let waiting = [...tasks];
  while (waiting.length > 0) {
    const ready = waiting.filter((task) => task.after.every((id) => placed.has(id) || !known.has(id)));
    if (ready.length === 0) return null;
    for (const task of ready) placed.add(task.templateId);
    order.push(...ready);
    waiting = waiting.filter((task) => !placed.has(task.templateId));
  }
  return order;
}

/** When each task may finish at the latest without moving the end. */
function latestFinishes(order: readonly SchedulableTask[], end: number): ReadonlyMap<string, number> {
  const latest = new Map(order.map((task) => [task.templateId, end]));
  for (const task of [...order].reverse()) {
    const mustStart = (latest.get(task.templateId) ?? end) - pertMean(task.days);
    for (const id of task.after) latest.set(id, Math.min(latest.get(id) ?? end, mustStart));
  }
  return latest;
}

function parseDay(day: string): number | null {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  const isReal = Number.isFinite(at) && new Date(at).toISOString().startsWith(day);
  return isReal ? at / DAY_MS : null;
}

function scheduleFailure(code: ScheduleFailure["code"], subject: string, detail: string): ScheduleFailure {
  return { code, op: "schedule", subject, detail, retry: "after-change" };
}
