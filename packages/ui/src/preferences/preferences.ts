import { type Measure, UNIT_CHOICES, type UnitChoices } from "@ecolocal/core/shared";
import { LOCALES, type Locale, PSEUDO_LOCALES, type PseudoLocale } from "@ecolocal/messages";
import { create } from "zustand";

export type Theme = "system" | "light" | "dark";
export type Contrast = "system" | "more";
export type Density = "comfortable" | "compact";
/** Whether shortcuts of single keys work; people who speak to their computer switch them off (WCAG 2.1.4). */
export type SingleKeys = "on" | "off";
/** `system` follows the browser; the made-up languages are for developers and not offered in the settings. */
export type Language = "system" | Locale | PseudoLocale;
export type FontScale = "100" | "125" | "150" | "200";

/** `system` follows what is usual in the reader's region. */
export type UnitPreferences = { readonly [M in Measure]: "system" | UnitChoices[M] };
export type ClockForm = "system" | "12" | "24";
/** ISO weekdays with which weeks begin somewhere. */
export type FirstWeekday = "system" | "1" | "6" | "7";

/** How this reader wants the app to look and to speak; kept in this browser, never in the workspace. */
export interface Preferences extends UnitPreferences {
  readonly theme: Theme;
  readonly contrast: Contrast;
  readonly density: Density;
  readonly fontScale: FontScale;
  readonly singleKeys: SingleKeys;
  readonly language: Language;
  /** Whether somebody asked here for notifications of the system; the desktop window itself would not ask. */
  readonly desktopNotices: "on" | "off";
  readonly clock: ClockForm;
  readonly firstWeekday: FirstWeekday;
  /** ISO 4217 code in which amounts of the catalogue are shown. */
  readonly currency: string;
  /** What one euro is worth in that currency; 0 while nobody said. */
  readonly perEuro: number;
}

export const DEFAULT_PREFERENCES: Preferences = {
  theme: "system",
  contrast: "system",
  density: "comfortable",
  fontScale: "100",
  singleKeys: "on",
  language: "system",
  desktopNotices: "off",
  temperature: "system",
  distance: "system",
  water: "system",
  rain: "system",
  pressure: "system",
  wind: "system",
  clock: "system",
  firstWeekday: "system",
  currency: "EUR",
  perEuro: 0,
};

const KEY = "ecolocal.preferences";

type Chosen = Exclude<keyof Preferences, "currency" | "perEuro">;

const ALLOWED: { readonly [K in Chosen]: readonly Preferences[K][] } = {
  theme: ["system", "light", "dark"],
  contrast: ["system", "more"],
  density: ["comfortable", "compact"],
  fontScale: ["100", "125", "150", "200"],
  singleKeys: ["on", "off"],
  language: ["system", ...LOCALES, ...PSEUDO_LOCALES],
  desktopNotices: ["on", "off"],
  temperature: ["system", ...UNIT_CHOICES.temperature],
  distance: ["system", ...UNIT_CHOICES.distance],
  water: ["system", ...UNIT_CHOICES.water],
  rain: ["system", ...UNIT_CHOICES.rain],
  pressure: ["system", ...UNIT_CHOICES.pressure],
  wind: ["system", ...UNIT_CHOICES.wind],
  clock: ["system", "12", "24"],
  firstWeekday: ["system", "1", "6", "7"],
};

/** Reads kept preferences; anything unknown falls back to the default of its own field. */
export function parsePreferences(text: string | null): Preferences {
  const kept = parseObject(text);
  const known = (Object.keys(ALLOWED) as Chosen[]).filter((key) =>
    (ALLOWED[key] as readonly unknown[]).includes(kept[key]),
  );
  const { currency, perEuro } = kept;
  return {
    ...DEFAULT_PREFERENCES,
    ...Object.fromEntries(known.map((key) => [key, kept[key]])),
    ...(typeof currency === "string" && /^[A-Z]{3}$/.test(currency) ? { currency } : {}),
    ...(typeof perEuro === "number" && perEuro > 0 && Number.isFinite(perEuro) ? { perEuro } : {}),
  };
}

function parseObject(text: string | null): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text ?? "{}");
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

export const usePreferences = create<Preferences>(() => parsePreferences(readKept()));

/** Changes preferences at once and keeps them. */
export function setPreferences(change: Partial<Preferences>): void {
  usePreferences.setState(change);
}

/** Puts the preferences on the document and keeps doing so. */
export function applyPreferences(): void {
  const apply = (preferences: Preferences): void => {
    const root = document.documentElement;
    mark(root, "theme", preferences.theme === "system" ? undefined : preferences.theme);
    mark(root, "contrast", preferences.contrast === "more" ? "more" : undefined);
    mark(root, "density", preferences.density === "compact" ? "compact" : undefined);
    root.style.setProperty("--font-scale", String(Number(preferences.fontScale) / 100));
  };
  apply(usePreferences.getState());
  usePreferences.subscribe((preferences) => {
    apply(preferences);
    keep(preferences);
  });
}

function mark(root: HTMLElement, name: string, value: string | undefined): void {
  if (value === undefined) delete root.dataset[name];
  else root.dataset[name] = value;
}

// Storage can be forbidden (private windows); the app then simply forgets.
function readKept(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function keep(preferences: Preferences): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(preferences));
  } catch {
    // Nothing to do: the choice holds until the window closes.
  }
}
