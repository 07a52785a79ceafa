import { LOCALES, type Locale, PSEUDO_LOCALE, type PseudoLocale } from "@ecolocal/messages";
import { create } from "zustand";

export type Theme = "system" | "light" | "dark";
export type Contrast = "system" | "more";
export type Density = "comfortable" | "compact";
/** Whether shortcuts of single keys work; people who speak to their computer switch them off (WCAG 2.1.4). */
export type SingleKeys = "on" | "off";
/** `system` follows the browser; the made-up language is for developers and not offered in the settings. */
export type Language = "system" | Locale | PseudoLocale;
export type FontScale = "100" | "125" | "150" | "200";

/** How this reader wants the app to look; kept in this browser, never in the workspace. */
export interface Preferences {
  readonly theme: Theme;
  readonly contrast: Contrast;
  readonly density: Density;
  readonly fontScale: FontScale;
  readonly singleKeys: SingleKeys;
  readonly language: Language;
}

export const DEFAULT_PREFERENCES: Preferences = {
  theme: "system",
  contrast: "system",
  density: "comfortable",
  fontScale: "100",
  singleKeys: "on",
  language: "system",
};

const KEY = "ecolocal.preferences";

const ALLOWED: { readonly [K in keyof Preferences]: readonly Preferences[K][] } = {
  theme: ["system", "light", "dark"],
  contrast: ["system", "more"],
  density: ["comfortable", "compact"],
  fontScale: ["100", "125", "150", "200"],
  singleKeys: ["on", "off"],
  language: ["system", ...LOCALES, PSEUDO_LOCALE],
};

/** Reads kept preferences; anything unknown falls back to the default of its own field. */
export function parsePreferences(text: string | null): Preferences {
  const kept = parseObject(text);
  const pick = <K extends keyof Preferences>(key: K): Preferences[K] =>
    ALLOWED[key].find((allowed) => allowed === kept[key]) ?? DEFAULT_PREFERENCES[key];
  return {
    theme: pick("theme"),
    contrast: pick("contrast"),
    density: pick("density"),
    fontScale: pick("fontScale"),
    singleKeys: pick("singleKeys"),
    language: pick("language"),
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
