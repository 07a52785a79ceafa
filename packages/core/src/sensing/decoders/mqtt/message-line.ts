/** One message of a broker. */
export interface MqttMessage {
  readonly topic: string;
  /** Parsed JSON, or the text where it is no JSON. */
  readonly payload: unknown;
}

/**
 * Writes a message as the one text line that the decoder reads: `{"topic":"a/b","payload":…}`.
 *
 * A payload that is JSON stays JSON, other text becomes a string. Line ends inside become escapes.
 */
export function writeMessageLine(topic: string, payload: string): string {
  const json = asJson(payload);
  return `{"topic":${JSON.stringify(topic)},"payload":${json ?? JSON.stringify(payload)}}\n`;
}

/** Reads such a line; `null` when it is none. */
export function readMessageLine(line: string): MqttMessage | null {
  const parsed = parse(line);
  if (typeof parsed !== "object" || parsed === null) return null;
  const { topic, payload } = parsed as { readonly topic?: unknown; readonly payload?: unknown };
  return typeof topic === "string" && topic !== "" && payload !== undefined ? { topic, payload } : null;
}

/** The payload as JSON on one line; `null` when it is no JSON. */
function asJson(payload: string): string | null {
  const parsed = parse(payload);
  return parsed === undefined ? null : JSON.stringify(parsed);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
