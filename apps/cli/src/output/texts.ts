import { createFormatter, type Formatter, loadCatalogue, pickLocale } from "@ecolocal/messages";

/** The sentences the CLI shows, in the reader's language where it is spoken. */
export async function loadTexts(locale: string): Promise<Formatter> {
  return createFormatter(locale, await loadCatalogue(pickLocale([locale]), ["errors", "domain", "cli"]));
}
