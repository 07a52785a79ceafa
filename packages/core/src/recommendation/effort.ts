import type { ProjectType } from "../knowledge/index.ts";
import type { CostRange, HourRange } from "./recommendation.ts";

const SMALL_HOURS = 40;
const MIDDLE_HOURS = 120;

/** Cost in EUR of 2025: fixed plus units times the price per unit. */
export function projectCost({ cost }: ProjectType, units: number): CostRange {
  const at = (i: 0 | 1 | 2) => cost.fixed[i] + units * cost.perUnit[i];
  return { lo: at(0), likely: at(1), hi: at(2), currency: "EUR" };
}

/** Volunteer hours of all tasks in tenths of an hour, with the catalogue's spread. */
export function projectHours({ tasks, hoursSpread: [lo, hi] }: ProjectType, units: number): HourRange {
  const likely = tasks.reduce((sum, task) => sum + task.hours + units * task.hoursPerUnit, 0);
  const tenth = (value: number) => Math.round(value * 10) / 10;
  return { lo: tenth(likely * lo), likely: tenth(likely), hi: tenth(likely * hi) };
}

/** One to three dots: up to 40 hours, up to 120 hours, more (our own classes). */
export function effortOf(hours: HourRange): 1 | 2 | 3 {
  if (hours.likely <= SMALL_HOURS) return 1;
  return hours.likely <= MIDDLE_HOURS ? 2 : 3;
}
