import type { HomeCard, HomeOverview, JudgementView } from "@ecolocal/core/api";
import { createFormatter, type Formatter, loadCatalogue, speakSentence } from "@ecolocal/messages";
import type { JudgedHour } from "./channel-judge.ts";

type Sentences = Pick<HomeOverview, "headline" | "support">;

/** Quantities that people call the air. */
const AIR: ReadonlySet<string> = new Set(["co2", "pm1", "pm25", "pm4", "pm10", "no2", "o3", "so2", "co", "hcho"]);
/** How people speak of a tone: for carbon dioxide, and for dust and gases. */
const CO2_WORDS = ["fresh", "used", "stuffy", "veryStuffy", "veryStuffy"];
const POLLUTION_WORDS = ["clean", "acceptable", "dusty", "unhealthy", "veryUnhealthy"];
const GUIDELINE_WORDS: Readonly<Record<string, string>> = {
  "Guideline met": "guidelineMet",
  "Above guideline": "guidelineAbove",
  "Below guideline": "guidelineBelow",
};

const TONES: readonly string[] = ["good", "fair", "warn", "bad", "severe"];
/** Bands from here on are worth a sentence about hours that are over. */
const NOTABLE_TONE = TONES.indexOf("warn");

/**
 * Today in one sentence: the worst place now, and what it was like during the last day where that was worse. The second
 * sentence says how much of what is measured is up to date.
 */
export async function describeHome(
  cards: readonly HomeCard[],
  lastDay: (channelId: string) => Promise<readonly JudgedHour[]>,
): Promise<Sentences> {
  const judged = cards.flatMap((card) => (card.judgement ? [{ card, judgement: card.judgement }] : []));
  const days = await Promise.all(judged.map(async (each) => ({ ...each, past: await worstHours(each, lastDay) })));
  const first = days.toSorted((a, b) => weight(b) - weight(a))[0];
  const english = createFormatter("en", await loadCatalogue("en", ["domain"]));
  return { headline: sentence(headline(cards, first), english), support: sentence(support(cards), english) };
}

/** A message id with its values; `sentence` adds the English text. */
interface Saying {
  readonly id: string;
  readonly values?: Readonly<Record<string, string | number>>;
}

function sentence({ id, values = {} }: Saying, english: Formatter): Sentences["headline"] {
  const forms = {
    quantity: english.quantity,
    amount: (value: number, unit: string) => `${value} ${unit}`,
    day: (on: string) => on,
  };
  const name = `home.sentence.${id}`;
  const { text } = speakSentence({ id: name, values, text: name }, english, forms);
  return { id: name, values: { ...values }, text };
}

interface JudgedCard {
  readonly card: HomeCard;
  readonly judgement: JudgementView;
}

/** The worst band of the last 24 hours, if it was notable and worse than the present one. */
interface WorseHours {
  readonly band: JudgementView["band"];
  readonly hours: number;
}

async function worstHours(
  { card, judgement }: JudgedCard,
  lastDay: (channelId: string) => Promise<readonly JudgedHour[]>,
): Promise<WorseHours | null> {
  // The mean of a day says nothing about single hours of it.
  if (judgement.statistic.includes("24h")) return null;
  const hours = await lastDay(card.channelId);
  const same = hours.filter((hour) => hour.judgement.bandSet.id === judgement.bandSet.id);
  const worst = same.toSorted((a, b) => b.judgement.band.rank - a.judgement.band.rank)[0]?.judgement.band;
  if (!worst || worst.rank <= judgement.band.rank || TONES.indexOf(worst.tone) < NOTABLE_TONE) return null;
  return { band: worst, hours: same.filter((hour) => hour.judgement.band.rank === worst.rank).length };
}

/** What is bad now comes first, then what was bad, then the order of the cards. */
function weight({ judgement, past }: { readonly judgement: JudgementView; readonly past: WorseHours | null }): number {
  const now = TONES.indexOf(judgement.band.tone);
  const before = past ? TONES.indexOf(past.band.tone) / 2 + past.hours / 100 : 0;
  return now + before;
}

function headline(
  cards: readonly HomeCard[],
  first: (JudgedCard & { readonly past: WorseHours | null }) | undefined,
): Saying {
  if (cards.length === 0) return { id: "empty" };
  if (!first) return unjudged(cards);
  const { card, judgement, past } = first;
  const values = { ...subjectOf(card), wordId: wordFor(card, judgement, judgement.band) };
  const form = AIR.has(card.quantity) ? "" : "-quantity";
  // A mean of 24 hours is no statement about this moment.
  if (judgement.statistic.includes("24h")) return { id: `day${form}`, values };
  if (!past) return { id: `now${form}`, values };
  return {
    id: `now-and-before${form}`,
    values: { ...values, beforeId: wordFor(card, judgement, past.band), hours: past.hours },
  };
}

/** The message that names a band in a sentence: the people's word for air, the scale's own word for the rest. */
function wordFor({ quantity }: HomeCard, { bandSet }: JudgementView, band: JudgementView["band"]): string {
  const words = quantity === "co2" ? CO2_WORDS : AIR.has(quantity) ? POLLUTION_WORDS : [];
  const word = GUIDELINE_WORDS[band.label] ?? words[TONES.indexOf(band.tone)];
  return word === undefined ? `judgement.${bandSet.id}.${band.id}` : `word.${word}`;
}

/** The most asked-for value, where no scale says what it means. */
function unjudged(cards: readonly HomeCard[]): Saying {
  const card = cards.find(({ latest, freshness }) => latest !== null && freshness === "live");
  if (!card?.latest) return { id: "silent" };
  const values = { ...placeOf(card), kind: "quantity", quantityId: `quantity.${card.quantity}` };
  return {
    id: "value",
    values: { ...values, subjectId: "home.subject", of: card.quantity, amountValue: card.latest.value },
  };
}

/** What a judgement speaks of: air or outdoor air at a place, or a quantity by its name. */
function subjectOf(card: HomeCard): Readonly<Record<string, string>> {
  const air = card.exposure === "outdoor" ? "outdoor" : "air";
  return {
    ...placeOf(card),
    kind: AIR.has(card.quantity) ? air : "quantity",
    quantityId: `quantity.${card.quantity}`,
    subjectId: "home.subject",
  };
}

/** Places that people name in lower case are common nouns; proper names take no article. */
function placeOf({ exposure, place, sensorName }: HomeCard): Readonly<Record<string, string>> {
  const where = place || sensorName;
  return {
    place: where,
    placed: where === "" ? "no" : "yes",
    exposure,
    common: /^\p{Ll}/u.test(where) ? "yes" : "no",
  };
}

function support(cards: readonly HomeCard[]): Saying {
  const live = cards.filter(({ freshness }) => freshness === "live").length;
  if (cards.length === 0) return { id: "start" };
  const values = { live, total: cards.length };
  return { id: live === cards.length ? "all-live" : "some-live", values };
}
