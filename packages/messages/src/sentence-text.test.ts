import { loadKnowledge } from "@ecolocal/core/knowledge";
import { BAND_SETS } from "@ecolocal/core/knowledge/bands";
import { DRIVERS } from "@ecolocal/core/sensing";
import { describe, expect, it } from "vitest";
import { loadCatalogue } from "./catalogue.ts";
import { createFormatter } from "./formatter.ts";
import { type SentenceForms, speakSentence } from "./sentence-text.ts";

const forms: SentenceForms = {
  quantity: (value, quantity) => `${value} of ${quantity}`,
  amount: (value, unit) => `${value} ${unit}`,
  day: (on) => `day ${on}`,
};
const english = await loadCatalogue("en", ["domain"]);

describe("values of a sentence", () => {
  const speak = (template: string, values: Record<string, string | number>, more = {}) =>
    speakSentence({ id: "x", values, text: "" }, createFormatter("en", { x: template, ...more }), forms).text;

  it("are named by messages, which may use the values before them", () => {
    const more = { "word.fresh": "fresh", "home.subject": "{place} {word}" };
    expect(speak("{subject}!", { place: "attic", wordId: "word.fresh", subjectId: "home.subject" }, more)).toBe(
      "attic fresh!",
    );
  });

  it("become amounts, days and months", () => {
    expect(speak("{low}", { unit: "ppm", lowValue: 3 })).toBe("3 ppm");
    expect(speak("{low}", { of: "co2", lowValue: 3 })).toBe("3 of co2");
    expect(speak("{extremeOn}, {enoughOn}", { extremeOn: "2026-11-24", enoughOn: "—" })).toBe("day 2026-11-24, —");
    expect(speak("{firstMonth}", { firstMonth: 5 })).toBe("May");
    expect(speak("{op, select, above {over} other {other}}", { op: ">" })).toBe("over");
  });

  it("stay as they came where their message is not known", () => {
    expect(speak("{metric}", { metric: "Radon", metricId: "metric.new" })).toBe("Radon");
  });
});

describe("a sentence of the catalogue", () => {
  const sentence = { id: "knowledge.a", values: { n: 3 }, text: "Three days were stuffy.", otherwise: "plain" };
  const catalogue = { plain: "{n} Tage" };

  it("is told in English as the catalogue says it, elsewhere in plainer words", () => {
    expect(speakSentence(sentence, createFormatter("en", catalogue), forms).text).toBe("Three days were stuffy.");
    expect(speakSentence(sentence, createFormatter("de", catalogue), forms)).toEqual({
      text: "3 Tage",
      isEnglishOnly: false,
    });
  });

  it("is marked as English where there are no plainer words", () => {
    const { otherwise: _, ...bare } = sentence;
    expect(speakSentence(bare, createFormatter("de", catalogue), forms).isEnglishOnly).toBe(true);
    expect(speakSentence(bare, createFormatter("en-GB", catalogue), forms).isEnglishOnly).toBe(false);
  });
});

/** The catalogue writes CO2; people read CO₂. */
const typeset = (text: string): string => text.replace(/\b(CO|NO|SO)2\b/g, "$1₂").replace(/\b(O|NO)3\b/g, "$1₃");

describe("names of the catalogue", () => {
  it("have a message for every band, its advice and its scale, in the catalogue's words", () => {
    const wanted = BAND_SETS.flatMap(({ id, title, levels }) => [
      [`judgement.${id}.title`, title],
      ...levels.flatMap((level) => [
        [`judgement.${id}.${level.id}`, level.label],
        ...(level.advice === undefined ? [] : [[`judgement.${id}.${level.id}.advice`, level.advice]]),
      ]),
    ]);
    expect(wanted.filter(([id = "", text = ""]) => english[id] !== typeset(text))).toEqual([]);
  });

  it("have a message for every metric, in the catalogue's words, and for every statistic", () => {
    const { metrics, projectTypes } = loadKnowledge();
    expect(metrics.filter(({ id, name }) => english[`metric.${id}`] !== typeset(name))).toEqual([]);
    const statistics = projectTypes.flatMap(({ triggers }) =>
      triggers.flatMap(({ all }) => all.map(({ stat }) => stat)),
    );
    expect(statistics.filter((id) => english[`statistic.${id}`] === undefined)).toEqual([]);
  });
});

it("every driver, what it reads and the members of its family have a name, in the driver's words", () => {
  const wanted = DRIVERS.flatMap(({ id, title, summary, variants = [] }) => [
    [`driver.${id}.title`, title],
    [`driver.${id}.summary`, summary],
    ...variants.map((variant) => [`driver.${id}.${variant.id}`, variant.title]),
  ]);
  const different = wanted.filter(([id = "", text = ""]) => /\p{Ll}{3}/u.test(text) && english[id] !== typeset(text));
  expect(different.filter(([id]) => id !== "driver.senseair.s8")).toEqual([]);
});
