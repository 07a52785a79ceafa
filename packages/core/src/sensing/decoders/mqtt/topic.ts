/**
 * Matches a topic against a filter; returns what the wildcards stood for, joined with `/`, or `null` when it does not
 * match. `+` is one level, `#` at the end all that follow.
 *
 * Source: OASIS, MQTT Version 5.0, §4.7.
 */
export function matchTopic(filter: string, topic: string): string | null {
  const wanted = filter.split("/");
  const levels = topic.split("/");
  const wild: string[] = [];
  for (const [i, part] of wanted.entries()) {
    if (part === "#") return [...wild, ...levels.slice(i)].join("/");
    const level = levels[i];
    if (level === undefined || (part !== "+" && part !== level)) return null;
    if (part === "+") wild.push(level);
  }
  return wanted.length === levels.length ? wild.join("/") : null;
}
