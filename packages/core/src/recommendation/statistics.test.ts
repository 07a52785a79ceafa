import { describe, expect, test } from "vitest";
import { HOUR_MS } from "../shared/index.ts";
import { isOwnCount } from "./bind-metrics.ts";
import type { DayHours } from "./day-hours.ts";
import { advise, channel, knowledge, manual, NOW, sourceOf, steady } from "./fixtures/workspace.ts";
import { unsupportedBecause } from "./reasons.ts";
import { DAY_STATISTICS, type DayContext } from "./statistics.ts";

/** Monday, 5 January 1970. */
const MONDAY = 4;

function dayOf(day: number, valueAt: (hour: number) => number | null, coverage = 1): DayHours {
  const hours = Array.from({ length: 24 }, (_, hour) => hour).flatMap((hour) => {
    const value = valueAt(hour);
    return value === null
      ? []
      : [{ from: (day * 24 + hour) * HOUR_MS, hour, value, min: value - 1, max: value + 1, coverage }];
  });
  return { day, hours, coverage: (hours.length * coverage) / 24 };
}

function compute(
  stat: string,
  valueAt: (hour: number) => number | null,
  options: Partial<DayContext> & { coverage?: number } = {},
) {
  const { coverage, ...rest } = options;
  return DAY_STATISTICS[stat]?.compute({
    metricId: "pm25_in",
    day: dayOf(MONDAY, valueAt, coverage),
    before: dayOf(MONDAY - 1, valueAt, coverage),
    occupancy: { weekdays: [1, 2, 3, 4, 5], fromHour: 8, toHour: 16 },
    outdoorCo2At: () => 425,
    ...rest,
  });
}
const hourItself = (hour: number) => hour;

describe("a statistic of a day says what its name says", () => {
  test.each<[string, number]>([
    ["mean_24h", 11.5],
    ["mean_18_24h", 20.5],
    ["mean_1h_at_08", 8],
    ["mean_night", (23 + 0 + 1 + 2 + 3 + 4 + 5 + 6) / 8],
    ["mean_night_unoccupied", (23 + 0 + 1 + 2 + 3 + 4) / 6],
    ["mean_occupied", 11.5],
    ["mean_daytime_share", (100 * 125) / 276],
    ["max_1d", 23],
    ["min_night", 2],
    ["p10_night", 1.5],
    ["base_share_of_mean", (100 * 1.5) / 11.5],
    ["p95_1d", 21.85],
  ])("%s of the hours 0 to 23 is %d", (stat, expected) => {
    expect(compute(stat, hourItself)).toBeCloseTo(expected, 9);
  });

  test("shares count hours over their limit", () => {
    expect(compute("share_over_60", (hour) => (hour < 6 ? 70 : 50))).toBe(25);
    expect(compute("share_occupied_over_outdoor_plus_800", (hour) => (hour < 10 ? 1300 : 900))).toBe(25);
  });

  test("sound levels are averaged by energy, and Lden weighs evening and night", () => {
    expect(compute("leq_occupied", (hour) => (hour < 12 ? 60 : 70))).toBeCloseTo(67.4, 1);
    expect(compute("leq_unoccupied", () => 40)).toBeCloseTo(40, 6);
    expect(compute("mean", () => 55, { metricId: "noise_lden" })).toBeCloseTo(61.4, 2);
    expect(compute("mean", () => 45, { metricId: "noise_lnight" })).toBeCloseTo(45, 6);
  });
});

describe("a statistic stays silent when too little was measured", () => {
  test("seventeen hours are no day, half-covered hours are no hours", () => {
    expect(compute("mean_24h", (hour) => (hour < 17 ? 1 : null))).toBeNull();
    expect(compute("mean_24h", (hour) => (hour < 18 ? 1 : null))).toBe(1);
    expect(compute("mean_24h", hourItself, { coverage: 0.5 })).toBeNull();
  });

  test("a night without the evening before is too short", () => {
    expect(compute("mean_night", (hour) => (hour > 4 ? null : 1), { before: undefined })).toBeNull();
  });

  test("rooms that are in use at night have no empty night, weekends no lessons", () => {
    const always = { weekdays: [1, 2, 3, 4, 5, 6, 7], fromHour: 0, toHour: 24 };
    expect(compute("mean_night_unoccupied", hourItself, { occupancy: always })).toBeNull();
    expect(compute("mean_occupied", hourItself, { day: dayOf(MONDAY - 1, hourItself) })).toBeNull();
  });
});

test("every statistic that a trigger names is computed or has a reason why it is not", () => {
  const special = new Set(["coverage_sites", "available_fraction", "sum_7d", "sum_30d", "p95_season"]);
  const named = knowledge.projectTypes.flatMap((p) => p.triggers.flatMap((t) => t.all.map((c) => c.stat)));
  const open = [...new Set(named)].filter(
    (stat) =>
      !(stat in DAY_STATISTICS || special.has(stat) || isOwnCount(stat) || unsupportedBecause(stat) !== undefined),
  );
  expect(open).toEqual([]);
});

test("dry soil is judged by its texture, and not at all without it", () => {
  const probe = channel("soil", "soil_moisture", "outdoor");
  const input = { channels: [probe], source: sourceOf({ soil: steady(13) }), place: { latitude: -30 } };
  expect(advise("water.rain-barrels", { ...input, soilTexture: "loam" })).toMatchObject({
    status: "suggested",
    evidence: [{ statistic: "available_fraction" }, {}],
  });
  const unknown = advise("water.rain-barrels", input).evidence.find((e) => e.statistic === "available_fraction");
  expect(unknown?.unboundBecause?.text).toBe("needs the texture of the soil");
});

test("a loud street suggests the quiet street project by day and night levels", () => {
  const microphone = channel("mic", "sound_level", "outdoor");
  const found = advise("noise.quiet-street", { channels: [microphone], source: sourceOf({ mic: steady(60) }) });
  expect(found.status).toBe("suggested");
  expect(found.evidence.map((e) => e.metricId)).toEqual(["noise_lnight", "noise_lden"]);
});

test("only sensors under the roof speak for a cool roof", () => {
  const hot = (place: string) => ({
    channels: [channel("t", "temperature", "indoor", place)],
    source: sourceOf({ t: steady(33) }),
    manualValues: [manual("roof_m2", 120, "m2")],
    place: { latitude: -30 },
  });
  expect(advise("heat.cool-roof", hot("Attic")).status).toBe("suggested");
  expect(advise("heat.cool-roof", hot("Cellar")).status).toBe("cannot-judge");
});

test("a season of sixteen stream samples is classed by its 95th percentile, fewer are not", () => {
  const samples = Array.from({ length: 16 }, (_, i) => manual("ecoli", i % 2 ? 2000 : 500, "cfu/100ml", i * 5 + 1));
  const evidenceOf = (values: typeof samples) =>
    advise("water.stream-watch", { manualValues: values }).evidence.find((e) => e.statistic === "p95_season");
  expect(evidenceOf(samples)).toMatchObject({ outcome: "satisfied", sourceId: "src.eu-bathing" });
  expect(evidenceOf(samples.slice(1))?.unboundBecause?.text).toBe("needs at least 16 samples of the season");
});

test("the running day never counts, because it is not complete", () => {
  const found = advise("air.box-fan-cleaners", {
    channels: [channel("pm-in", "pm25", "indoor")],
    source: sourceOf({ "pm-in": steady(30) }),
  });
  expect(found.evidence[0]?.days.at(-1)?.on).toBe("2026-11-24");
  expect(found.evidence[0]?.to).toBeLessThanOrEqual(NOW);
});
