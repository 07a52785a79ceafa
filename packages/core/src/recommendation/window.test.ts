import fc from "fast-check";
import { expect, test } from "vitest";
import { weekdayOf } from "./local-days.ts";
import { dayOfEnough, windowDays } from "./window.ts";

const isSchoolDay = (day: number) => weekdayOf(day) <= 5;
const never = () => false;

test("a window holds the last days before today, oldest first, and only those that count", () => {
  expect(windowDays(10, 3)).toEqual([7, 8, 9]);
  // Day 4 is a Monday: the two school days before it are Thursday and Friday.
  expect(windowDays(4, 2, isSchoolDay)).toEqual([0, 1]);
  expect(windowDays(10, 3, never)).toEqual([]);
});

test("data that will leave the window before there is enough does not count towards it", () => {
  expect(dayOfEnough(100, 14, 11, never)).toBe(111);
  expect(dayOfEnough(100, 14, 11, (day) => day >= 97)).toBe(108);
  expect(dayOfEnough(100, 14, 11, (day) => day < 89)).toBe(111);
});

test("a window of school days fills at school's pace, and one that never applies never fills", () => {
  // Day 4 is a Monday: five school days are over on the Saturday.
  expect(dayOfEnough(4, 5, 5, never, isSchoolDay)).toBe(9);
  expect(dayOfEnough(4, 5, 5, never, never)).toBeNull();
});

test("more data never puts the day of enough off", () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { minLength: 14, maxLength: 14 }), fc.nat(13), (present, more) => {
      const has = (days: readonly boolean[]) => (day: number) => days[day - 86] ?? false;
      const richer = present.map((value, i) => value || i === more);
      const before = dayOfEnough(100, 14, 11, has(present)) ?? 0;
      expect(dayOfEnough(100, 14, 11, has(richer)) ?? 0).toBeLessThanOrEqual(before);
    }),
  );
});
