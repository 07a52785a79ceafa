import { describe, expect, test } from "vitest";
import { DAY_MS, HOUR_MS } from "../shared/index.ts";
import {
  advise,
  channel,
  type Level,
  manual,
  NOW,
  PM_IN,
  PM_OUT,
  since,
  sourceOf,
  steady,
} from "./fixtures/workspace.ts";

describe("dusty rooms", () => {
  test("three days above the WHO guideline suggest air cleaners, with evidence that names source and coverage", () => {
    const dusty: Level = (at) => (at > NOW - 4.5 * DAY_MS ? 32 : 6);
    const found = advise("air.box-fan-cleaners", { channels: [PM_IN], source: sourceOf({ "pm-in": dusty }) });
    expect(found.status).toBe("suggested");
    expect(found.why.id).toBe("knowledge.air.box-fan-cleaners.trigger.0");
    expect(found.why.text).toMatch(/^Indoor PM2\.5 was above the WHO 24-hour guideline on 4 of the last 14 days\./);
    const [evidence] = found.evidence;
    expect(evidence).toMatchObject({
      metricId: "pm25_in",
      channelId: "pm-in",
      manual: false,
      statistic: "mean_24h",
      op: ">",
      threshold: 15,
      unit: "ug/m3",
      sourceId: "src.who-aqg-2021",
      ver: "S",
      daysSatisfied: 4,
      daysNeeded: 3,
      daysIn: 14,
      daysWithData: 14,
      coverage: 1,
      extreme: { value: 32 },
    });
    expect(evidence?.days).toHaveLength(14);
    expect(evidence?.days.at(-1)).toEqual({ on: "2026-11-24", value: 32, satisfied: true, coverage: 1 });
    expect(found.impact.length).toBeGreaterThan(0);
    expect(found.cost).toEqual({ lo: 380, likely: 580, hi: 980, currency: "EUR" });
    expect(found.hours.likely).toBeCloseTo(37.2, 6);
    expect(found.effort).toBe(1);
    expect(found.confidenceReasons.map((r) => r.id)).toContain("recommendation.confidence.instrument");
    expect(found.assumptions.every((a) => a.ver === "A" || a.ver === "U")).toBe(true);
  });

  test("three days of data are a result of their own: 3 of 14 days, and the day on which there is enough", () => {
    const found = advise("air.box-fan-cleaners", {
      channels: [PM_IN],
      source: sourceOf({ "pm-in": since(3, steady(6)) }),
    });
    expect(found.status).toBe("not-enough-data");
    expect(found.dataProgress).toEqual({ haveDays: 3, needDays: 11, windowDays: 14, enoughOn: "2026-12-03" });
    expect(found.why.text).toContain("3 of 14 days so far; enough for a verdict by 2026-12-03");
  });

  test("a sensor that fell silent does not promise a day", () => {
    const stopped: Level = (at) => (at < NOW - 5 * DAY_MS && at > NOW - 8 * DAY_MS ? 6 : null);
    const found = advise("air.box-fan-cleaners", { channels: [PM_IN], source: sourceOf({ "pm-in": stopped }) });
    expect(found).toMatchObject({ status: "not-enough-data", dataProgress: { enoughOn: null } });
    expect(found.why.text).toContain("no readings are coming in");
  });

  test("three dusty days are enough, even when the rest of the window is missing", () => {
    const found = advise("air.box-fan-cleaners", {
      channels: [PM_IN],
      source: sourceOf({ "pm-in": since(3, steady(40)) }),
    });
    expect(found.status).toBe("suggested");
    expect(found.confidenceReasons.map((r) => r.id)).toContain("recommendation.confidence.coverage");
    expect(found.confidence).toBe("low");
  });

  test("an unbound metric reads cannot judge, never no", () => {
    const found = advise("air.box-fan-cleaners", {});
    expect(found.status).toBe("cannot-judge");
    expect(found.why.text).toContain('no sensor measures "PM2.5 indoor"');
    expect(found.evidence.every((e) => e.outcome === "cannot-judge" && e.value === null)).toBe(true);
  });

  test("a sensor that does not say where it hangs is named as the reason", () => {
    const found = advise("air.box-fan-cleaners", {
      channels: [channel("x", "pm25", "unknown")],
      source: sourceOf({ x: steady(40) }),
    });
    expect(found.status).toBe("cannot-judge");
    expect(found.why.text).toContain("does not say whether it is indoors or outdoors");
  });

  test("clean air everywhere means not needed; with the street alone measured the room stays unknown", () => {
    const clean = sourceOf({ "pm-in": steady(4), "pm-out": steady(6) });
    expect(advise("air.box-fan-cleaners", { channels: [PM_IN, PM_OUT], source: clean }).status).toBe("not-needed");
    expect(advise("air.box-fan-cleaners", { channels: [PM_OUT], source: clean }).status).toBe("cannot-judge");
  });

  test("days with fewer than eighteen valid hours have no daily mean", () => {
    const daytime: Level = (at) => (new Date(at).getUTCHours() < 12 ? 50 : null);
    const found = advise("air.box-fan-cleaners", { channels: [PM_IN], source: sourceOf({ "pm-in": daytime }) });
    expect(found.evidence[0]).toMatchObject({ daysWithData: 0, daysSatisfied: 0, value: null });
    expect(found.status).toBe("not-enough-data");
  });

  test("of several rooms the one that says most speaks", () => {
    const rooms = [channel("a", "pm25", "indoor", "A"), channel("b", "pm25", "indoor", "B")];
    const found = advise("air.box-fan-cleaners", {
      channels: rooms,
      source: sourceOf({ a: steady(4), b: steady(30) }),
    });
    expect(found).toMatchObject({ status: "suggested", evidence: [{ channelId: "b" }, {}] });
  });
});

describe("other kinds of triggers", () => {
  const CO2 = channel("co2", "co2", "indoor", "Class 3");
  const lessons: Level = (at) => {
    const hour = (new Date(at).getUTCHours() + 1) % 24;
    return hour >= 8 && hour < 14 ? 1700 : 500;
  };

  test("stale classrooms suggest airing by their daily peaks; occupied hours count once the timetable is known", () => {
    const source = sourceOf({ co2: lessons });
    const unknown = advise("air.ventilation-routine", { channels: [CO2], source });
    expect(unknown).toMatchObject({
      status: "suggested",
      evidence: [{ statistic: "p95_1d", value: 1700 }, { outcome: "cannot-judge" }],
    });
    const occupancy = { weekdays: [1, 2, 3, 4, 5], fromHour: 8, toHour: 14 };
    const known = advise("air.ventilation-routine", { channels: [CO2], source, occupancy });
    expect(known.evidence[0]).toMatchObject({
      statistic: "share_occupied_over_outdoor_plus_800",
      value: 100,
      sourceId: "src.en16798-1",
    });
    expect(known.assumptions.map((a) => a.name)).toContain("co2_out");
  });

  test("a window of school days skips weekends", () => {
    const found = advise("air.anti-idling", { channels: [PM_OUT], source: sourceOf({ "pm-out": steady(30) }) });
    expect(found.status).toBe("suggested");
    const days = found.evidence.find((e) => e.statistic === "mean_1h_at_08")?.days ?? [];
    expect(days).toHaveLength(30);
    expect(days.every(({ on }) => ![0, 6].includes(new Date(on).getUTCDay()))).toBe(true);
  });

  test("both conditions of a trigger must hold: smoke needs cold evenings", () => {
    const temperature = channel("t", "temperature", "outdoor", "Street");
    const channels = [PM_OUT, temperature];
    const cold = advise("air.clean-burn", { channels, source: sourceOf({ "pm-out": steady(40), t: steady(2) }) });
    const warm = advise("air.clean-burn", { channels, source: sourceOf({ "pm-out": steady(40), t: steady(15) }) });
    expect(cold.status).toBe("suggested");
    expect(warm.status).toBe("not-needed");
    expect(advise("air.clean-burn", { channels: [PM_OUT], source: sourceOf({ "pm-out": steady(40) }) }).status).toBe(
      "cannot-judge",
    );
  });

  test("a heat trigger is not looked at in November, but is in the southern summer", () => {
    const channels = [channel("t", "temperature", "outdoor"), channel("rh", "humidity", "outdoor")];
    const source = sourceOf({ t: steady(36), rh: steady(60) });
    const north = advise("heat.shade", { channels, source });
    expect(north.why.text).toBe("Only looked at from May to September.");
    expect(north.status).toBe("not-needed");
    const south = advise("heat.shade", { channels, source, place: { latitude: -34 } });
    expect(south.status).toBe("suggested");
    expect(south.evidence[0]).toMatchObject({ metricId: "wbgt_est", ver: "U" });
    expect(south.confidenceReasons.map((r) => r.id)).toContain("recommendation.confidence.threshold");
  });

  test("a running toilet shows in a water meter's counter at night", () => {
    const meter = channel("w", "water_volume", "unknown", "Cellar");
    const leaking: Level = (at) => 100 + ((at - Date.UTC(2026, 0, 1)) / HOUR_MS) * 0.008;
    const tight: Level = (at) => 100 + Math.floor((at - Date.UTC(2026, 0, 1)) / DAY_MS) * 0.3;
    expect(advise("water.leak-hunt", { channels: [meter], source: sourceOf({ w: leaking }) })).toMatchObject({
      status: "suggested",
      evidence: [{ statistic: "min_night", daysSatisfied: 7, daysIn: 7 }],
    });
    expect(advise("water.leak-hunt", { channels: [meter], source: sourceOf({ w: tight }) }).status).toBe("not-needed");
  });

  test("base load is read from a power channel, or from the meter where there is none", () => {
    const power = channel("p", "power", "unknown");
    const meter = channel("e", "energy_import", "unknown");
    const kwh: Level = (at) => ((at - Date.UTC(2026, 0, 1)) / HOUR_MS) * 0.7;
    const byPower = advise("energy.baseload-hunt", {
      channels: [power, meter],
      source: sourceOf({ p: steady(900), e: kwh }),
    });
    expect(byPower.evidence.find((e) => e.statistic === "p10_night")).toMatchObject({ channelId: "p", value: 900 });
    const byMeter = advise("energy.baseload-hunt", { channels: [meter], source: sourceOf({ e: kwh }) });
    expect(byMeter.evidence.find((e) => e.statistic === "p10_night")?.value).toBeCloseTo(700, 6);
  });

  test("too few sites are seen from the sites that report", () => {
    const one = advise("edu.sensing-network", { channels: [PM_OUT], source: sourceOf({ "pm-out": steady(9) }) });
    expect(one).toMatchObject({ status: "suggested", evidence: [{ statistic: "coverage_sites", value: 1 }, {}] });
    const places = ["A", "B", "C"].map((place) => channel(place, "pm25", "outdoor", place));
    const three = advise("edu.sensing-network", {
      channels: places,
      source: sourceOf({ A: steady(9), B: steady(9), C: steady(9) }),
    });
    expect(three.evidence[0]?.outcome).toBe("cannot-judge");
    expect(three.evidence.find((e) => e.statistic === "coverage_sites")?.outcome).toBe("not-satisfied");
  });

  test("a sensor on the compost heap is not the room temperature", () => {
    const heap = channel("heap", "temperature", "indoor", "Compost bay");
    const found = advise("energy.draught-busters", { channels: [heap], source: sourceOf({ heap: steady(5) }) });
    expect(found.evidence.find((e) => e.metricId === "temp_in")?.outcome).toBe("cannot-judge");
  });
});

describe("values entered by hand", () => {
  test("a sealed yard measured on the map and cloudbursts of the gauge suggest depaving", () => {
    const gauge = channel("r", "rain_rate", "outdoor");
    const storms: Level = (at) => (Math.floor(at / DAY_MS) % 90 === 0 && new Date(at).getUTCHours() === 15 ? 25 : 0);
    const found = advise("water.rain-garden", {
      channels: [gauge],
      source: sourceOf({ r: storms }),
      manualValues: [manual("sealed_m2", 150, "m2", 400)],
    });
    expect(found.status).toBe("suggested");
    expect(found.evidence).toMatchObject([
      { metricId: "rain_peak", daysIn: 365 },
      { manual: true, value: 150, daysIn: 1 },
    ]);
    expect(found.confidenceReasons.map((r) => r.id)).toContain("recommendation.confidence.manual");
  });

  test("the newest entry of a state counts, and one that is too old does not", () => {
    const values = [manual("contamination", 40, "%", 30), manual("contamination", 10, "%", 2)];
    expect(advise("waste.recycling-quality", { manualValues: values }).status).toBe("not-needed");
    expect(advise("waste.recycling-quality", { manualValues: [manual("contamination", 40, "%", 200)] })).toMatchObject({
      status: "cannot-judge",
      evidence: [{ unboundBecause: { text: "the last value entered is older than 180 days" } }],
    });
  });

  test("surveys are counted one by one", () => {
    const counts = [9, 8, 2].map((value, i) => manual("idling_count", value, "count", i + 1));
    const two = advise("air.anti-idling", { manualValues: counts.slice(0, 2) });
    expect(two.evidence.find((e) => e.manual)).toMatchObject({
      outcome: "not-enough-data",
      daysWithData: 2,
      daysNeeded: 3,
    });
    const three = advise("air.anti-idling", {
      manualValues: [...counts.slice(0, 2), manual("idling_count", 7, "count", 9)],
    });
    expect(three.status).toBe("suggested");
  });

  test("a rolling week of weighed surplus is summed", () => {
    const week = [1, 2, 3].map((daysAgo) => manual("surplus_food_kg", 12, "kg", daysAgo));
    expect(advise("food.surplus-fridge", { manualValues: week })).toMatchObject({
      status: "suggested",
      evidence: [{ statistic: "sum_7d" }],
    });
  });

  test("a count of its own is kept apart from the metric it hangs on", () => {
    const mown = advise("bio.meadow", { manualValues: [manual("green_pct", 300, "m2", 5, "mown_grass_m2")] });
    expect(mown.status).toBe("suggested");
    const green = advise("bio.meadow", { manualValues: [manual("green_pct", 300, "%", 5)] });
    expect(green.evidence.every((e) => e.statistic !== "mown_grass_m2" || e.outcome === "cannot-judge")).toBe(true);
  });
});
