const DAY_MS = 86_400_000;

/** A task with its expected days, and how much earlier or later its end may be. */
export interface ScheduleTask {
  readonly id: string;
  readonly name: string;
  /** Epoch ms, midnight UTC of calendar days; `endAt` is the last day. */
  readonly startAt: number;
  readonly endAt: number;
  readonly durationDays: { readonly lo: number; readonly likely: number; readonly hi: number };
  readonly look: "done" | "doing" | "open" | "blocked";
}

export interface PlacedTask {
  readonly id: string;
  readonly name: string;
  readonly look: ScheduleTask["look"];
  /** Shares of the whole width, 0…1. */
  readonly left: number;
  readonly width: number;
  /** Where the end may move to: earliest and latest, same shares. */
  readonly earliest: number;
  readonly latest: number;
}

export interface ScheduleLayout {
  readonly from: number;
  readonly to: number;
  readonly tasks: readonly PlacedTask[];
  /** Share at which `now` lies; null when it is outside. */
  readonly now: number | null;
  readonly ticks: readonly { readonly at: number; readonly left: number }[];
}

const TICKS = 4;

/** Lays tasks out on their common time line, with the range of each one's own duration as whiskers. */
export function scheduleLayout(tasks: readonly ScheduleTask[], now: number): ScheduleLayout | null {
  if (tasks.length === 0) return null;
  const from = Math.min(...tasks.map(({ startAt }) => startAt));
  const ends = tasks.map((task) => latestEnd(task));
  const to = Math.max(...ends, from + DAY_MS);
  const share = (at: number): number => (at - from) / (to - from);
  return {
    from,
    to,
    now: now >= from && now <= to ? share(now) : null,
    ticks: Array.from({ length: TICKS + 1 }, (_, i) => ({ at: from + ((to - from) * i) / TICKS, left: i / TICKS })),
    tasks: tasks.map((task) => ({
      id: task.id,
      name: task.name,
      look: task.look,
      left: share(task.startAt),
      width: share(task.endAt + DAY_MS) - share(task.startAt),
      earliest: share(task.startAt + task.durationDays.lo * DAY_MS),
      latest: share(latestEnd(task)),
    })),
  };
}

function latestEnd({ startAt, endAt, durationDays, look }: ScheduleTask): number {
  const planned = endAt + DAY_MS;
  return look === "done" ? planned : Math.max(planned, startAt + durationDays.hi * DAY_MS);
}
