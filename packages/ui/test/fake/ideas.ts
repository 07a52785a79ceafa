import type { EvidenceView, ImpactRangeView, RecommendationSummary, RecommendationView } from "@ecolocal/core/api";
import { fakeId } from "./ids.ts";
import { noiseAt } from "./series.ts";

const DAY = 86_400_000;
export const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

function evidence(now: number): EvidenceView {
  const days = Array.from({ length: 14 }, (_, i) => {
    const at = now - (14 - i) * DAY;
    const weekend = [0, 6].includes(new Date(at).getUTCDay());
    const value = i === 4 ? null : Math.round(weekend ? 620 + 90 * noiseAt(i) : 1430 + 380 * noiseAt(i * 3 + 1));
    return { on: dayOf(at), value, satisfied: value !== null && value > 1400, coverage: value === null ? 0.1 : 0.97 };
  });
  return {
    metricId: "co2_in",
    metricName: "CO₂ indoors",
    channelId: fakeId("co2"),
    channelName: "Kitchen air · Kitchen",
    manual: false,
    from: now - 14 * DAY,
    to: now,
    statistic: "p95_1d",
    statisticText: "95th percentile of the day's hourly means (>= 18 valid hours)",
    extreme: { on: dayOf(now - 2 * DAY), value: 1790 },
    outcome: "satisfied",
    value: 1466,
    unit: "ppm",
    op: ">",
    threshold: 1400,
    sourceId: "src.en16798-1",
    sourceTitle: "EN 16798-1:2019, Indoor environmental input parameters, Annex B",
    verification: "S",
    daysSatisfied: days.filter((day) => day.satisfied).length,
    daysNeeded: 3,
    daysIn: 14,
    daysWithData: 13,
    coverage: 0.93,
    days,
    unboundBecause: null,
  };
}

const why = (text: string) => ({ id: "fake.unknown", values: {}, text });

export function ideaList(now: number): RecommendationSummary[] {
  const base = { feedback: null, dataProgress: null };
  return [
    {
      ...base,
      id: "air.ventilation-routine",
      title: "CO₂-guided airing routine for classrooms and halls",
      summary: "CO₂ displays and agreed airing rules bring stale rooms back to good ventilation without wasting heat.",
      category: "air",
      status: "suggested",
      why: why("CO₂ in the kitchen peaked above 1,400 ppm on 6 of the last 14 days."),
      confidence: "medium",
      effort: 1,
      cost: { lo: 0, likely: 40, hi: 160, currency: "EUR" },
      hours: { lo: 8, likely: 14, hi: 22 },
      score: 0.86,
    },
    {
      ...base,
      id: "energy.always-on-hunt",
      title: "Hunt down what is always on",
      summary: "Two evenings with plug meters find the devices that use power day and night.",
      category: "energy",
      status: "suggested",
      why: why("At least 180 W flowed in every night of the last 30 days."),
      confidence: "high",
      effort: 1,
      cost: { lo: 0, likely: 30, hi: 60, currency: "EUR" },
      hours: { lo: 4, likely: 6, hi: 10 },
      score: 0.71,
    },
    {
      ...base,
      id: "air.box-fan-cleaners",
      title: "Build box-fan air cleaners for shared rooms",
      summary:
        "Volunteers assemble low-cost filter boxes so that classrooms, halls and clinics keep fine dust low on smoky or polluted days.",
      category: "air",
      status: "not-enough-data",
      why: why("Indoor fine dust is known for 3 of the 14 days that are needed."),
      confidence: "low",
      effort: 2,
      cost: { lo: 300, likely: 580, hi: 980, currency: "EUR" },
      hours: { lo: 26, likely: 37, hi: 59 },
      dataProgress: { haveDays: 3, needDays: 14, windowDays: 14, enoughOn: dayOf(now + 11 * DAY) },
      score: 0.4,
    },
    {
      ...base,
      id: "heat.depave",
      title: "Unseal a yard and plant it",
      summary: "Taking up asphalt lets rain in and cools the yard.",
      category: "heat",
      status: "cannot-judge",
      why: why("Nobody has entered how much of the yard is sealed."),
      confidence: "low",
      effort: 3,
      cost: { lo: 2000, likely: 4200, hi: 9000, currency: "EUR" },
      hours: { lo: 80, likely: 140, hi: 260 },
      score: 0.2,
    },
    {
      ...base,
      id: "noise.quiet-hours",
      title: "Agree on quiet hours",
      summary: "A talk between neighbours.",
      category: "noise",
      status: "suggested",
      why: why("Sound was above 55 dB(A) on 9 nights."),
      confidence: "low",
      effort: 1,
      cost: { lo: 0, likely: 0, hi: 0, currency: "EUR" },
      hours: { lo: 2, likely: 4, hi: 8 },
      score: 0.3,
      feedback: { kind: "dismissed", reason: "We already did this last year", at: now - 5 * DAY, projectId: null },
    },
  ];
}

export function ideaDetail(id: string, now: number, factor: number): RecommendationView | undefined {
  const summary = ideaList(now).find((idea) => idea.id === id);
  if (summary === undefined) return undefined;
  const assumptions = [
    { name: "rooms", lo: 4, likely: 8, hi: 12, unit: "rooms", verification: "A" as const, sourceId: null },
    {
      name: "gain",
      lo: 5,
      likely: 20 * factor,
      hi: 45,
      unit: "percentage points",
      verification: "A" as const,
      sourceId: null,
    },
    {
      name: "heat_per_airing",
      lo: 0.1,
      likely: 0.25,
      hi: 0.5,
      unit: "kWh",
      verification: "S" as const,
      sourceId: "src.uba-lueften",
    },
  ];
  const impact: ImpactRangeView[] = [
    {
      indicatorId: "ind.co2_good",
      label: "Occupied time with good air",
      unit: "percentage points",
      p10: 8 * factor,
      p50: 21 * factor,
      p90: 38 * factor,
      grade: "A",
      claim: "Show measured share of occupied hours in category II or better before and after.",
      formula: "gain",
      assumptions: assumptions.slice(1, 2),
    },
    {
      indicatorId: "ind.co2e_avoided",
      label: "CO₂ emissions avoided",
      unit: "kgCO2e/yr",
      p10: -160,
      p50: -70,
      p90: -15,
      grade: "C",
      claim: "Side effect: uses heat; shown as a small negative.",
      formula: "0 - N * heat_per_airing * airings * grid",
      assumptions: assumptions.slice(2),
    },
  ];
  const measured = summary.status !== "cannot-judge";
  return {
    ...summary,
    evidence: [
      measured
        ? evidence(now)
        : {
            ...evidence(now),
            metricId: "sealed_m2",
            metricName: "Sealed ground",
            channelId: null,
            channelName: null,
            value: null,
            unit: "m²",
            threshold: 100,
            days: [],
            daysWithData: 0,
            coverage: 0,
            unboundBecause: why("No value was entered by hand."),
          },
    ],
    impact,
    assumptions,
    confidenceReasons: [
      why("13 of 14 days have at least 75 % of their readings."),
      why("One room stands for all rooms."),
      why("The limit was read in secondary material, not in the standard itself."),
    ],
    wouldChange: [
      why("A week in which the daily peak stays below 1,400 ppm."),
      why("A second sensor that disagrees by more than 15 %."),
    ],
    prerequisites: ["A sensor or display in each room", "Windows that open"],
    permits: ["School or building owner’s rules for opening windows"],
    risks: [
      {
        risk: "People feel cold and stop airing",
        likelihood: "high",
        severity: "medium",
        response: "Short and wide instead of long and tilted; agree on a sign.",
      },
    ],
    units: 8,
    unitName: "room",
    rank: [
      { id: "weight", factor: 0.9, sentence: why("The rule counts fully.") },
      { id: "cost", factor: 0.95, sentence: why("It costs little.") },
    ],
    taskCount: 6,
    catalogueVersion: "0.1",
  };
}
