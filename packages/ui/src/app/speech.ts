import {
  type Catalogue,
  type Locale,
  loadCatalogue,
  PSEUDO_LOCALES,
  type PseudoLocale,
  pickLocale,
  textDirection,
} from "@ecolocal/messages";
import { useEffect, useState } from "react";
import { type Language, usePreferences } from "../preferences/index.ts";

/** The language on the screen and its words. */
export interface Speech {
  readonly language: Locale | PseudoLocale;
  readonly catalogue: Catalogue;
}

/** What decides the language: the address (only for the made-up ones), then the choice, then the browser. */
interface Wishes {
  readonly search: string;
  readonly chosen: Language;
  readonly preferred: readonly string[];
}

export function wantedLanguage({ search, chosen, preferred }: Wishes): Speech["language"] {
  const asked = new URLSearchParams(search).get("locale");
  const pseudo = PSEUDO_LOCALES.find((made) => made === asked);
  if (pseudo !== undefined) return pseudo;
  return chosen === "system" ? pickLocale(preferred) : chosen;
}

/** Loads one language, and English where the files of it cannot be had. */
export async function loadSpeech(chosen: Language): Promise<Speech> {
  const language = wantedLanguage({ search: location.search, chosen, preferred: navigator.languages });
  const speech = await load(language).catch(() => load("en"));
  document.documentElement.lang = speech.language;
  document.documentElement.dir = textDirection(speech.language);
  window.ecolocal?.speak(speech.language);
  return speech;
}

async function load(language: Speech["language"]): Promise<Speech> {
  return { language, catalogue: await loadCatalogue(language, ["errors", "domain", "ui"]) };
}

/** Follows the choice of language; the old words stay until the new ones are there. */
export function useSpeech(first: Speech): Speech {
  const chosen = usePreferences((preferences) => preferences.language);
  const [speech, setSpeech] = useState(first);
  useEffect(() => {
    let current = true;
    void loadSpeech(chosen).then((next) => {
      if (current) setSpeech(next);
    });
    return () => {
      current = false;
    };
  }, [chosen]);
  return speech;
}
