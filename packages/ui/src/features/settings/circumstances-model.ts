import type { WorkspaceStatus } from "@ecolocal/core/api";

type Occupancy = NonNullable<WorkspaceStatus["occupancy"]>;

/** The choices people have for the days on which rooms are used. */
export type Days = "unsaid" | "weekdays" | "weekend" | "every";

/** Hours of the day, the end of the last one included. */
export const HOURS: readonly number[] = Array.from({ length: 25 }, (_, hour) => hour);

const WEEKDAYS: Readonly<Record<Exclude<Days, "unsaid">, readonly number[]>> = {
  weekdays: [1, 2, 3, 4, 5],
  weekend: [6, 7],
  every: [1, 2, 3, 4, 5, 6, 7],
};

/** The choice that fits best what is stored. */
export function daysOf(occupancy: Occupancy | null): Days {
  if (occupancy === null) return "unsaid";
  const weekend = occupancy.weekdays.some((day) => day > 5);
  const week = occupancy.weekdays.some((day) => day <= 5);
  if (weekend && week) return "every";
  return weekend ? "weekend" : "weekdays";
}

/** What to store for a choice; null says nothing. */
export function occupancyOf(days: Days, fromHour: number, toHour: number): Occupancy | null {
  return days === "unsaid" ? null : { weekdays: [...WEEKDAYS[days]], fromHour, toHour };
}
