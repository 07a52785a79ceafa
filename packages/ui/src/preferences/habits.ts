import { type Measure, UNIT_CHOICES, unitsOfRegion } from "@ecolocal/core/shared";
import type { Habits } from "../text/index.ts";
import type { Preferences } from "./preferences.ts";

/**
 * The region (ISO 3166) that a list of preferred BCP 47 tags speaks of: the first one named, else the home of the first
 * language. English without a region says nothing, because it is spoken with every system of units.
 */
export function regionOf(tags: readonly string[]): string | undefined {
  const locales = tags.map((tag) => new Intl.Locale(tag));
  const named = locales.find(({ region }) => region !== undefined)?.region;
  if (named !== undefined) return named;
  const [first] = locales;
  return first === undefined || first.language === "en" ? undefined : first.maximize().region;
}

/** What a reader chose, filled up with what is usual where the browser's languages come from. */
export function habitsOf(preferences: Preferences, tags: readonly string[]): Habits {
  const region = regionOf(tags);
  const usual = unitsOfRegion(region);
  const measures = Object.keys(UNIT_CHOICES) as Measure[];
  const chosen = measures.filter((measure) => preferences[measure] !== "system");
  const { clock, firstWeekday, currency, perEuro } = preferences;
  return {
    units: { ...usual, ...Object.fromEntries(chosen.map((measure) => [measure, preferences[measure]])) },
    clock,
    firstWeekday: firstWeekday === "system" ? firstDayIn(region) : Number(firstWeekday),
    money: currency === "EUR" || perEuro === 0 ? null : { currency, perEuro },
  };
}

/** Monday where the region is not known or the browser cannot tell. */
function firstDayIn(region: string | undefined): number {
  if (region === undefined) return 1;
  const locale: Intl.Locale & { getWeekInfo?(): { readonly firstDay: number } } = new Intl.Locale("und", { region });
  return locale.getWeekInfo?.().firstDay ?? 1;
}
