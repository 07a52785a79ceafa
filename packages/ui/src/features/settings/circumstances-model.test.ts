import { describe, expect, it } from "vitest";
import { type Days, daysOf, occupancyOf } from "./circumstances-model.ts";

describe("the days on which rooms are used", () => {
  it.each<Days>(["unsaid", "weekdays", "weekend", "every"])("are shown again as they were chosen: %s", (days) => {
    expect(daysOf(occupancyOf(days, 8, 16))).toBe(days);
  });

  it("of an unusual week fall under the nearest choice", () => {
    expect(daysOf({ weekdays: [1, 3], fromHour: 9, toHour: 12 })).toBe("weekdays");
  });
});
