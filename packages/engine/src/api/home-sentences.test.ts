import type { HomeCard, JudgementView } from "@ecolocal/core/api";
import { HOUR_MS } from "@ecolocal/core/shared";
import { createFormatter, LOCALES, loadCatalogue, speakSentence } from "@ecolocal/messages";
import { describe, expect, it } from "vitest";
import type { JudgedHour } from "./channel-judge.ts";
import { describeHome } from "./home-sentences.ts";

const TONES = ["good", "fair", "warn", "bad", "severe"] as const;

const judgement = (rank: number, label: string, change: Partial<JudgementView> = {}): JudgementView => ({
  bandSet: { id: "co2_simple", version: "1", title: "CO2" },
  statistic: "now",
  value: 1,
  unit: "ppm",
  index: null,
  band: { id: label.toLowerCase(), label, rank, count: 5, tone: TONES[rank] ?? "good", color: null },
  advice: null,
  coverage: 1,
  provisional: false,
  verification: "V",
  sourceId: "x",
  at: 0,
  ...change,
});

const card = (change: Partial<HomeCard> = {}): HomeCard => ({
  channelId: "c",
  sensorId: "s",
  sensorName: "Sensor",
  place: "kitchen",
  exposure: "indoor",
  quantity: "co2",
  unit: "[ppm]",
  symbol: "ppm",
  latest: { at: 0, value: 612.34, quality: 0 },
  freshness: "live",
  judgement: judgement(0, "Fresh"),
  sparkline: [],
  sparklineFrom: 0,
  sparklineStepMs: 1,
  trend: null,
  ...change,
});

const day = (...ranks: number[]): JudgedHour[] =>
  ranks.map((rank, i) => ({ at: i * HOUR_MS, judgement: judgement(rank, `Band ${rank}`) }));
const nothing = async () => [];
const textOf = async (cards: HomeCard[], past: () => Promise<JudgedHour[]> = nothing) =>
  (await describeHome(cards, past)).headline.text.replaceAll("\u00a0", " ");

describe("the sentence of the day", () => {
  it("says what it is like now, and what it was like where that was worse", async () => {
    expect(await textOf([card()])).toBe("Air in the kitchen is fresh now.");
    expect(await textOf([card()], async () => day(0, 3, 3, 2, 3, 0))).toBe(
      "Air in the kitchen is fresh now; it was very stuffy for 3 h in the last day.",
    );
  });

  it("does not call the mean of a day the present", async () => {
    const dayMean = { ...judgement(1, "Above guideline"), statistic: "mean_24h" };
    expect(await textOf([card({ quantity: "pm25", judgement: dayMean })])).toBe(
      "Air in the kitchen was above the guideline over the last day.",
    );
  });

  it("does not mention hours that were hardly worse", async () => {
    expect(await textOf([card()], async () => day(0, 1, 1))).toBe("Air in the kitchen is fresh now.");
  });

  it("is about the worst place", async () => {
    const outside = card({
      place: "balcony",
      exposure: "outdoor",
      quantity: "pm25",
      judgement: judgement(3, "Unhealthy"),
    });
    expect(await textOf([card(), outside])).toBe("Outdoor air at the balcony is unhealthy now.");
  });

  it("names proper names as they are, and other quantities by name", async () => {
    const ideal = judgement(0, "Ideal", { bandSet: { id: "humidity_mould", version: "1", title: "Mould" } });
    expect(await textOf([card({ quantity: "humidity", place: "Room 3", judgement: ideal })])).toBe(
      "Humidity in Room 3 is ideal now.",
    );
  });

  it("says the value where no scale says what it means, and says so when nothing is measured", async () => {
    expect(await textOf([card({ judgement: null })])).toBe("CO₂ in the kitchen is 612 ppm now.");
    expect(await textOf([card({ judgement: null, freshness: "offline" })])).toBe(
      "No sensor has said anything for a while.",
    );
    expect(await textOf([])).toBe("Nothing is measured yet.");
  });
});

describe("the sentence of the day in every language", () => {
  const balcony = { place: "Balcony", exposure: "outdoor", quantity: "pm25", judgement: judgement(1, "Fair") } as const;
  const mould = judgement(0, "Ideal", { bandSet: { id: "humidity_mould", version: "1", title: "Mould" } });
  const cases: readonly (readonly [HomeCard[], () => Promise<JudgedHour[]>])[] = [
    [[card({ place: "Room 3" })], nothing],
    [[card({ place: "Room 3" })], async () => day(0, 3, 3)],
    [[card(balcony)], nothing],
    [[card({ place: "", sensorName: "", quantity: "humidity", judgement: mould })], nothing],
    [[card({ judgement: { ...judgement(1, "Above guideline"), statistic: "mean_24h" } })], nothing],
    [[card({ judgement: null })], nothing],
  ];

  it("is whole, and not English", async () => {
    const spoken = await Promise.all(
      LOCALES.map(async (locale) => {
        const formatter = createFormatter(locale, await loadCatalogue(locale, ["domain"]));
        const forms = { quantity: formatter.quantity, amount: String, day: (on: string) => on };
        return Promise.all(
          cases.map(async ([cards, past]) => {
            const { headline } = await describeHome(cards, past);
            return speakSentence(headline, formatter, forms).text.replace(/[\u00a0\u202f]/g, " ");
          }),
        );
      }),
    );
    const [, german, french, spanish] = spoken;
    expect(german).toEqual([
      "Room 3: Die Luft ist jetzt frisch.",
      "Room 3: Die Luft ist jetzt frisch; in den letzten 24 Stunden war sie 2 h lang sehr stickig.",
      "Balcony: Die Außenluft ist jetzt annehmbar.",
      "Luftfeuchte: jetzt „Ideal“.",
      "Kitchen: Die Luft war in den letzten 24 Stunden über dem Richtwert.",
      "Kitchen, CO₂: jetzt 612 ppm.",
    ]);
    expect(french?.slice(0, 4)).toEqual([
      "Room 3 : l’air est frais en ce moment.",
      "Room 3 : l’air est frais en ce moment ; il a été très confiné pendant 2 h ces dernières 24 heures.",
      "Balcony : l’air extérieur est acceptable en ce moment.",
      "Humidité : « Idéal » en ce moment.",
    ]);
    expect(spanish?.[2]).toBe("Balcony: el aire exterior está aceptable ahora.");
  });
});
