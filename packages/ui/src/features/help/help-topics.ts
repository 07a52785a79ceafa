import type { TextTools } from "../../text/index.ts";

/** The chapters of the offline manual; their texts are the messages `help.topic.<id>.title` and `.text`. */
export const HELP_TOPICS = [
  "plug-in",
  "not-listed",
  "permission",
  "line-devices",
  "simulated",
  "bands",
  "gaps",
  "ideas",
  "assumptions",
  "projects",
  "keyboard",
  "data",
  "cli",
  "contact",
] as const;

export type HelpTopic = (typeof HELP_TOPICS)[number];

/** Chapters whose title or text holds every word of the query. */
export function findTopics(topics: readonly HelpTopic[], query: string, t: TextTools["t"]): readonly HelpTopic[] {
  const words = searchWords(query);
  return topics.filter((topic) => {
    const text = `${t(`help.topic.${topic}.title`)} ${t(`help.topic.${topic}.text`)}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

export function searchWords(query: string): readonly string[] {
  return query.toLowerCase().split(/\s+/).filter(Boolean);
}
