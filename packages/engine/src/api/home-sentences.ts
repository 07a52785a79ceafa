import type { HomeCard, HomeOverview } from "@ecolocal/core/api";
import { createSentence, type Sentence } from "@ecolocal/core/knowledge";
import { loadCatalogue } from "@ecolocal/messages";

type Sentences = Pick<HomeOverview, "headline" | "support">;

/** Today in one sentence, about the worst thing measured now, and a second one about how much is known. */
export async function describeHome(cards: readonly HomeCard[]): Promise<Sentences> {
  const names = await loadCatalogue("en", ["domain"]);
  const nameOf = (card: HomeCard): string => names[`quantity.${card.quantity}`] ?? card.quantity;
  return { headline: toView(headline(cards, nameOf)), support: toView(support(cards)) };
}

function headline(cards: readonly HomeCard[], nameOf: (card: HomeCard) => string): Sentence {
  const worst = cards.filter((card) => card.judgement !== null).toSorted((a, b) => severity(b) - severity(a))[0];
  if (cards.length === 0) return createSentence("home.sentence.empty", "Nothing is measured yet.");
  if (!worst?.judgement)
    return createSentence("home.sentence.unjudged", "Values are coming in; none of them has a scale yet.");
  if (worst.judgement.band.tone === "good") {
    return createSentence("home.sentence.good", "Everything that is judged is in its best band now.");
  }
  const values = {
    quantity: nameOf(worst),
    quantityId: worst.quantity,
    place: worst.place || worst.sensorName,
    band: worst.judgement.band.label,
    bandSetId: worst.judgement.bandSet.id,
    bandId: worst.judgement.band.id,
  };
  return values.place === ""
    ? createSentence("home.sentence.worst", "{quantity} is in the band “{band}” now.", values)
    : createSentence("home.sentence.worst-at", "{quantity} at {place} is in the band “{band}” now.", values);
}

const TONES = ["good", "fair", "warn", "bad", "severe"];

function severity({ judgement }: HomeCard): number {
  return judgement === null ? -1 : TONES.indexOf(judgement.band.tone) + judgement.band.rank / 100;
}

function support(cards: readonly HomeCard[]): Sentence {
  const live = cards.filter(({ freshness }) => freshness === "live").length;
  const values = { live, total: cards.length };
  if (cards.length === 0) {
    return createSentence("home.sentence.start", "Plug in a sensor, or try a simulated one.");
  }
  if (live === cards.length)
    return createSentence("home.sentence.all-live", "All {total} values are up to date.", values);
  return createSentence("home.sentence.some-live", "{live} of {total} values are up to date.", values);
}

function toView({ id, values, text }: Sentence): Sentences["headline"] {
  return { id, values: { ...values }, text };
}
