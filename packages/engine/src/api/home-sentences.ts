import type { HomeCard, HomeOverview, JudgementView } from "@ecolocal/core/api";
import { createSentence, type Sentence } from "@ecolocal/core/knowledge";
import { loadCatalogue } from "@ecolocal/messages";
import type { JudgedHour } from "./channel-judge.ts";

type Sentences = Pick<HomeOverview, "headline" | "support">;

/** Quantities that people call the air. */
const AIR: ReadonlySet<string> = new Set(["co2", "pm1", "pm25", "pm4", "pm10", "no2", "o3", "so2", "co", "hcho"]);
/** How people speak of a tone: for carbon dioxide, and for dust and gases. */
const CO2_WORDS = ["fresh", "a little used", "stuffy", "very stuffy", "very stuffy"];
const POLLUTION_WORDS = ["clean", "acceptable", "dusty", "unhealthy", "very unhealthy"];
const GUIDELINE_WORDS: Readonly<Record<string, string>> = {
  "Guideline met": "within the guideline",
  "Above guideline": "above the guideline",
  "Below guideline": "below the guideline",
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
  return { headline: toView(await headline(cards, first)), support: toView(support(cards)) };
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

async function headline(
  cards: readonly HomeCard[],
  first: (JudgedCard & { readonly past: WorseHours | null }) | undefined,
): Promise<Sentence> {
  if (cards.length === 0) return createSentence("home.sentence.empty", "Nothing is measured yet.");
  if (!first) return unjudged(cards);
  const { judgement, past } = first;
  const values = {
    subject: await subjectOf(first.card),
    band: wordFor(first.card, judgement.band),
    bandSetId: judgement.bandSet.id,
    bandId: judgement.band.id,
  };
  // A mean of 24 hours is no statement about this moment.
  if (judgement.statistic.includes("24h")) {
    return createSentence("home.sentence.day", "{subject} was {band} over the last day.", values);
  }
  if (!past) return createSentence("home.sentence.now", "{subject} is {band} now.", values);
  return createSentence(
    "home.sentence.now-and-before",
    "{subject} is {band} now; it was {before} for {hours} h in the last day.",
    {
      ...values,
      before: wordFor(first.card, past.band),
      beforeId: past.band.id,
      hours: past.hours,
    },
  );
}

function wordFor({ quantity }: HomeCard, band: JudgementView["band"]): string {
  const guideline = GUIDELINE_WORDS[band.label];
  if (guideline !== undefined) return guideline;
  const words = quantity === "co2" ? CO2_WORDS : AIR.has(quantity) ? POLLUTION_WORDS : [];
  return words[TONES.indexOf(band.tone)] ?? band.label.toLowerCase();
}

/** The most asked-for value, where no scale says what it means. */
async function unjudged(cards: readonly HomeCard[]): Promise<Sentence> {
  const card = cards.find(({ latest, freshness }) => latest !== null && freshness === "live");
  if (!card?.latest) return createSentence("home.sentence.silent", "No sensor has said anything for a while.");
  return createSentence("home.sentence.value", "{subject} is {value} {unit} now.", {
    subject: await nameOf(card),
    value: Number(card.latest.value.toPrecision(4)),
    unit: card.symbol,
  });
}

/** What a judgement speaks of: `Air in the kitchen`, `Outdoor air at the balcony`, `Temperature in the class room`. */
async function subjectOf(card: HomeCard): Promise<string> {
  if (!AIR.has(card.quantity)) return await nameOf(card);
  return atPlace(card.exposure === "outdoor" ? "Outdoor air" : "Air", card);
}

/** What a number speaks of: `CO₂ in the kitchen`. */
async function nameOf(card: HomeCard): Promise<string> {
  const names = await loadCatalogue("en", ["domain"]);
  return atPlace(names[`quantity.${card.quantity}`] ?? card.quantity, card);
}

function atPlace(name: string, { exposure, place, sensorName }: HomeCard): string {
  const where = place || sensorName;
  return where === "" ? name : `${name} ${preposition(exposure)} ${article(where)}`;
}

function preposition(exposure: HomeCard["exposure"]): string {
  return exposure === "indoor" ? "in" : "at";
}

/** Places that people name in lower case are common nouns; proper names take no article. */
function article(place: string): string {
  return /^\p{Ll}/u.test(place) ? `the ${place}` : place;
}

function support(cards: readonly HomeCard[]): Sentence {
  const live = cards.filter(({ freshness }) => freshness === "live").length;
  const values = { live, total: cards.length };
  if (cards.length === 0) {
    return createSentence("home.sentence.start", "Plug in a sensor, or try a simulated one.");
  }
  if (live === cards.length) return createSentence("home.sentence.all-live", "Every value is up to date.", values);
  return createSentence("home.sentence.some-live", "{live} of {total} values are up to date.", values);
}

function toView({ id, values, text }: Sentence): Sentences["headline"] {
  return { id, values: { ...values }, text };
}
