import { createFormatter, loadCatalogue, type MessageValues } from "@ecolocal/messages";

const formatter = createFormatter("en", await loadCatalogue("en", ["errors", "domain", "ui"]));

/** What the app says for a message id, in English: tests look for sentences, not for markup. */
export function say(id: string, values?: MessageValues): string {
  if (!formatter.has(id)) {
    throw new Error(`The catalogue has no message "${id}".`);
  }
  return formatter.message(id, values);
}
