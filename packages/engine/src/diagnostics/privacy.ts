import { redactText } from "../log/index.ts";

/** What must not leave this computer in a report. */
export interface PrivateFacts {
  readonly home: string;
  readonly user: string;
  readonly host: string;
  /** Names that people gave: of the workspace, sensors, places. */
  readonly names: readonly string[];
}

/** Shorter names are taken out only where they stand alone; a single letter says nothing about anybody. */
const SHORTEST_PART = 3;
const WORD = /[\p{L}\p{N}]+/gu;
const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/\b(?:\d{1,3}\.){3}\d{1,3}\b/g, "[address]"],
  [/\b(?:[0-9a-f]{2}:){5}[0-9a-f]{2}\b/gi, "[address]"],
  [/\b(?:[0-9a-f]{1,4}:){4,7}[0-9a-f]{1,4}\b/gi, "[address]"],
  // Whose broker, bridge or node it is.
  [/\b((?:tcp|mqtts?|https?|wss?):\/\/)[^\s"'<>\\]+/gi, "$1[address]"],
  [/\b(getaddrinfo [A-Z_]+ )[^\s"'\\]+/g, "$1[address]"],
  [/\b(push:)[^\s"'\\]+/g, "$1[device]"],
  // Coordinates precise enough to find a house.
  [/-?\d{1,3}\.\d{4,}\s*[,;]\s*-?\d{1,3}\.\d{4,}/g, "[place]"],
];

/** Makes a function that takes personal data and secrets out of a text: names, paths, addresses, keys. */
export function createRedactor({ home, user, host, names }: PrivateFacts): (text: string) => string {
  // As they stand, and as they stand in JSON.
  const written = [...names, host, user].flatMap((name) => [name, JSON.stringify(name).slice(1, -1)]);
  const words = [...new Set(written)].sort((a, b) => b.length - a.length);
  const parts = words.filter((word) => word.length >= SHORTEST_PART);
  const short = new Set(words.filter((word) => word.length === SHORTEST_PART - 1));
  return (text) => {
    const withoutHome = home.length > 1 ? text.replaceAll(home, "~") : text;
    const withoutParts = parts.reduce((result, word) => result.replaceAll(word, "[name]"), withoutHome);
    const withoutNames = withoutParts.replace(WORD, (word) => (short.has(word) ? "[name]" : word));
    return PATTERNS.reduce(
      (result, [pattern, replacement]) => result.replace(pattern, replacement),
      redactText(withoutNames),
    );
  };
}
