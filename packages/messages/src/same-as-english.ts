import type { Locale } from "./catalogue.ts";

/** Texts that are meant to read the same as in English: names, codes, abbreviations and shared words. */
export const SAME_AS_ENGLISH: Readonly<Record<Locale, ReadonlySet<string>>> = {
  en: new Set(),
  de: new Set([
    "cli.name",
    "quantity.co2",
    "quantity.radon",
    "app.name",
    "app.windowTitle",
    "refused.command",
    "demo.badge",
    "chart.csv",
    "sensor.title",
    "sensor.name",
    "add.pathExample",
    "budget.title",
    "settings.version",
    "data.panel",
    "kit.field",
  ]),
};
