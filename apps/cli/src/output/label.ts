import type { Formatter } from "@ecolocal/messages";

/** `TIME (UTC)` and `Time (UTC)` are one label with the id `cli.label.time-utc`. */
export function labelId(label: string): string {
  return `cli.label.${label
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")}`;
}

/** A column header or field label in the reader's language; names that come from data stay as they are. */
export function labelText(label: string, words: Formatter): string {
  if (words.locale.startsWith("en") || !words.has(labelId(label))) return label;
  const text = words.message(labelId(label));
  return label === label.toUpperCase() ? text.toLocaleUpperCase(words.locale) : text;
}
