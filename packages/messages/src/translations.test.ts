import { type MessageFormatElement, parse, TYPE } from "@formatjs/icu-messageformat-parser";
import { describe, expect, it } from "vitest";
import { CATALOGUE_PARTS, LOCALES, loadCatalogue } from "./catalogue.ts";
import { SAME_AS_ENGLISH } from "./same-as-english.ts";

/** What a message needs from the program: arguments with their kind, tags, and the choices of a select. */
function needs(elements: readonly MessageFormatElement[]): readonly string[] {
  return elements.flatMap((element): readonly string[] => {
    if (element.type === TYPE.literal || element.type === TYPE.pound) return [];
    const own = `${element.value}:${TYPE[element.type]}`;
    if (element.type === TYPE.tag) return [own, ...needs(element.children)];
    if (element.type !== TYPE.select && element.type !== TYPE.plural) return [own];
    const inner = Object.values(element.options).flatMap(({ value }) => needs(value));
    const choices = element.type === TYPE.select ? Object.keys(element.options).sort() : exactChoices(element.options);
    return [`${own}(${choices.join(" ")})`, ...inner];
  });
}

/** Numbers that a plural singles out; languages differ in the rest. */
function exactChoices(options: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.keys(options)
    .filter((choice) => choice.startsWith("="))
    .sort();
}

/** Plurals that lack a form which the language has: `1 000 000 de mesures` is not `2 mesures`. */
function lackingForms(elements: readonly MessageFormatElement[], forms: readonly string[]): readonly string[] {
  return elements.flatMap((element): readonly string[] => {
    if (element.type === TYPE.tag) return lackingForms(element.children, forms);
    if (element.type !== TYPE.select && element.type !== TYPE.plural) return [];
    const inner = Object.values(element.options).flatMap(({ value }) => lackingForms(value, forms));
    const missing = element.type === TYPE.plural ? forms.filter((form) => !(form in element.options)) : [];
    return [...missing, ...inner];
  });
}

const signature = (text: string): string => [...new Set(needs(parse(text)))].sort().join(" ");

describe.each(LOCALES.filter((locale) => locale !== "en"))("the translation into %s", (locale) => {
  it.each(CATALOGUE_PARTS)("has every text of %s, in the order of English, and no other", async (part) => {
    const english = await loadCatalogue("en", [part]);
    expect(Object.keys(await loadCatalogue(locale, [part]))).toEqual(Object.keys(english));
  });

  it("takes exactly the values that English takes", async () => {
    const [english, own] = await both(locale);
    const different = Object.keys(english).filter((id) => signature(own[id] ?? "") !== signature(english[id] ?? ""));
    expect(different).toEqual([]);
  });

  it("leaves no text in English, except names, units and words that are the same", async () => {
    const [english, own] = await both(locale);
    const words = (text: string): boolean => /\p{L}{2}/u.test(text.replace(/\{[^{}]*\}/g, ""));
    const same = Object.keys(english).filter((id) => own[id] === english[id] && words(english[id] ?? ""));
    expect(same.filter((id) => !SAME_AS_ENGLISH[locale].has(id))).toEqual([]);
  });

  it("has every plural form of the language", async () => {
    const own = await loadCatalogue(locale, CATALOGUE_PARTS);
    const forms = new Intl.PluralRules(locale).resolvedOptions().pluralCategories;
    const lacking = Object.entries(own).filter(([, text]) => lackingForms(parse(text), forms).length > 0);
    expect(lacking.map(([id]) => id)).toEqual([]);
  });

  it("keeps commands as they are typed", async () => {
    const [english, own] = await both(locale);
    const commands = (text = ""): readonly string[] =>
      [...text.matchAll(/`[^`]*`/g)].map(([command]) => command).sort();
    const changed = Object.keys(english).filter((id) => commands(own[id]).join() !== commands(english[id]).join());
    expect(changed).toEqual([]);
  });
});

async function both(locale: (typeof LOCALES)[number]) {
  return Promise.all([loadCatalogue("en", CATALOGUE_PARTS), loadCatalogue(locale, CATALOGUE_PARTS)]);
}
