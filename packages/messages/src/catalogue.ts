import { PSEUDO_LOCALES, type PseudoLocale, pseudoCatalogue } from "./pseudo.ts";

/** Message id to ICU MessageFormat text. */
export type Catalogue = Readonly<Record<string, string>>;

/** The languages EcoLocal speaks completely; English is the source. */
export const LOCALES = ["en", "de", "fr", "es"] as const;
export type Locale = (typeof LOCALES)[number];

/** The parts of a catalogue: what every program needs, and what only one of them shows. */
export const CATALOGUE_PARTS = ["errors", "domain", "ui", "cli", "help"] as const;
export type CataloguePart = (typeof CATALOGUE_PARTS)[number];

type Loader = () => Promise<{ readonly default: Catalogue }>;

const LOADERS: Readonly<Record<Locale, Readonly<Record<CataloguePart, Loader>>>> = {
  en: {
    errors: () => import("./locale/en/errors.json", { with: { type: "json" } }),
    domain: () => import("./locale/en/domain.json", { with: { type: "json" } }),
    ui: () => import("./locale/en/ui.json", { with: { type: "json" } }),
    cli: () => import("./locale/en/cli.json", { with: { type: "json" } }),
    help: () => import("./locale/en/help.json", { with: { type: "json" } }),
  },
  de: {
    errors: () => import("./locale/de/errors.json", { with: { type: "json" } }),
    domain: () => import("./locale/de/domain.json", { with: { type: "json" } }),
    ui: () => import("./locale/de/ui.json", { with: { type: "json" } }),
    cli: () => import("./locale/de/cli.json", { with: { type: "json" } }),
    help: () => import("./locale/de/help.json", { with: { type: "json" } }),
  },
  fr: {
    errors: () => import("./locale/fr/errors.json", { with: { type: "json" } }),
    domain: () => import("./locale/fr/domain.json", { with: { type: "json" } }),
    ui: () => import("./locale/fr/ui.json", { with: { type: "json" } }),
    cli: () => import("./locale/fr/cli.json", { with: { type: "json" } }),
    help: () => import("./locale/fr/help.json", { with: { type: "json" } }),
  },
  es: {
    errors: () => import("./locale/es/errors.json", { with: { type: "json" } }),
    domain: () => import("./locale/es/domain.json", { with: { type: "json" } }),
    ui: () => import("./locale/es/ui.json", { with: { type: "json" } }),
    cli: () => import("./locale/es/cli.json", { with: { type: "json" } }),
    help: () => import("./locale/es/help.json", { with: { type: "json" } }),
  },
};

/** Picks the best spoken language for a list of preferred BCP 47 tags; English when none fits. */
export function pickLocale(preferred: readonly string[]): Locale {
  for (const tag of preferred) {
    const language = tag.split("-")[0]?.toLowerCase();
    const match = LOCALES.find((locale) => locale === language);
    if (match !== undefined) return match;
  }
  return "en";
}

const RTL_SCRIPTS: ReadonlySet<string> = new Set(["Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm"]);

/** The direction in which a language (BCP 47) is written. */
export function textDirection(locale: string): "ltr" | "rtl" {
  return RTL_SCRIPTS.has(new Intl.Locale(locale).maximize().script ?? "") ? "rtl" : "ltr";
}

/** Loads the named parts of one language, merged into one catalogue. */
export async function loadCatalogue(
  locale: Locale | PseudoLocale,
  parts: readonly CataloguePart[],
): Promise<Catalogue> {
  const pseudo = PSEUDO_LOCALES.find((made) => made === locale);
  if (pseudo !== undefined) return pseudoCatalogue(await loadCatalogue("en", parts), pseudo);
  const modules = await Promise.all(parts.map((part) => LOADERS[locale as Locale][part]()));
  return Object.assign({}, ...modules.map((module) => module.default));
}
