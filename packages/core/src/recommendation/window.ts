import type { DayNumber } from "./local-days.ts";

/** The last `count` days before `endDay` to which a statistic applies, oldest first. */
export function windowDays(
  endDay: DayNumber,
  count: number,
  appliesTo: (day: DayNumber) => boolean = () => true,
): readonly DayNumber[] {
  const days: DayNumber[] = [];
  // At most one applicable day a week, so that a statistic that never applies ends too.
  for (let day = endDay - 1; days.length < count && day >= endDay - count * 7 - 7; day--) {
    if (appliesTo(day)) days.push(day);
  }
  return days.reverse();
}

/**
 * The day on which a window of `count` days first holds `need` days with data, if every day from today on brings some.
 * Null when it already does, or when nothing is coming in.
 */
export function dayOfEnough(
  today: DayNumber,
  count: number,
  need: number,
  hasData: (day: DayNumber) => boolean,
  appliesTo: (day: DayNumber) => boolean = () => true,
): DayNumber | null {
  for (let ahead = 1; ahead <= count * 7; ahead++) {
    const window = windowDays(today + ahead, count, appliesTo);
    const have = window.filter((day) => day >= today || hasData(day)).length;
    if (have >= need) return today + ahead;
  }
  return null;
}
