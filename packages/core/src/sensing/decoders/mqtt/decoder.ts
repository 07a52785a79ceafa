import type { DecodedReading, Decoder } from "../../decoder.ts";
import type { DecoderOptions, LineMapping } from "../../driver.ts";
import { type Field, type FieldValue, fieldsToRaw } from "../../framing/fields.ts";
import { readJsonFields } from "../../framing/json-fields.ts";
import { createLineFramer, type LineRule, type LineVerdict } from "../../framing/line-framer.ts";
import { mapFields } from "../../line-mapping.ts";
import { type Announcement, isAnnouncementTopic, readAnnouncements } from "./home-assistant.ts";
import { readMessageLine } from "./message-line.ts";
import { readUplink } from "./things-stack.ts";
import { matchTopic } from "./topic.ts";

/** Longest message that is read, with its topic, in bytes. */
export const MAX_MESSAGE_LENGTH = 65_536;
const MAX_ANNOUNCEMENTS = 1000;
/** Key of a payload that is a value itself. */
const WHOLE = "value";

/**
 * Decodes messages of an MQTT broker, one per line as `writeMessageLine` writes them.
 *
 * Readings come from the mapping, whose keys are `topic` for plain numbers or `topic#json.path`, with `+` and `#` in
 * the topic (what a wildcard stood for becomes the channel); from devices that announced themselves in Home
 * Assistant's way, for values the mapping does not name; and from normalised uplinks of The Things Stack. Everything
 * else stays in `raw`. Retained announcements come first, so that values after them are understood.
 */
export function createMqttDecoder(options: DecoderOptions = {}): Decoder {
  return createLineFramer(new MqttRule(options));
}

/** A mapping with its key taken apart. */
interface TopicMapping extends LineMapping {
  readonly filter: string;
  readonly path: string;
}

class MqttRule implements LineRule {
  readonly maxLength = MAX_MESSAGE_LENGTH;
  readonly #mapping: readonly TopicMapping[];
  readonly #announced = new Map<string, Announcement>();

  constructor({ mapping = [] }: DecoderOptions) {
    this.#mapping = mapping.map(takeApart);
  }

  interpret(line: string): LineVerdict {
    const message = readMessageLine(line.trim());
    if (message === null)
      return line.trimStart().startsWith("{") ? "SENSING_FRAME_MALFORMED" : "SENSING_BYTES_UNRECOGNISED";
    const { topic, payload } = message;
    if (isAnnouncementTopic(topic)) {
      this.#learn(topic, payload);
      return "SENSING_FRAME_NOT_A_READING";
    }
    const fields = payloadFields(payload);
    const uplink = readUplink(topic, fields);
    const readings = [...this.#mapped(topic, fields), ...this.#announcedReadings(topic, fields)];
    const normalised = uplink === null ? [] : uplink.values.flatMap((value) => toReading(value, uplink.deviceId));
    const at = uplink?.receivedAt === null ? Number.NaN : Date.parse(uplink?.receivedAt ?? "");
    return {
      readings: [...readings, ...normalised],
      raw: { topic, ...fieldsToRaw(fields) },
      ...(Number.isFinite(at) ? { at } : {}),
    };
  }

  #learn(topic: string, payload: unknown): void {
    for (const announcement of readAnnouncements(topic, payload)) {
      if (this.#announced.size < MAX_ANNOUNCEMENTS) this.#announced.set(announcement.channel, announcement);
    }
  }

  #mapped(topic: string, fields: readonly Field[]): DecodedReading[] {
    return this.#mapping.flatMap(({ filter, path, ...entry }) => {
      const wild = matchTopic(filter, topic);
      if (wild === null) return [];
      const channel = entry.channel ?? (wild === "" ? undefined : wild);
      const { channel: _, ...rest } = entry;
      return mapFields(fields, [{ ...rest, key: path, ...(channel === undefined ? {} : { channel }) }]);
    });
  }

  #announcedReadings(topic: string, fields: readonly Field[]): DecodedReading[] {
    return [...this.#announced.values()].flatMap(({ stateTopic, path, quantity, unit, channel }) => {
      const key = path === "" ? WHOLE : path;
      if (stateTopic !== topic || this.#isMapped(topic, key)) return [];
      return mapFields(fields, [{ key, quantity, unit, channel }]);
    });
  }

  #isMapped(topic: string, key: string): boolean {
    return this.#mapping.some(({ filter, path }) => path === key && matchTopic(filter, topic) !== null);
  }
}

function takeApart(entry: LineMapping): TopicMapping {
  const [filter, path] = splitKey(entry.key);
  return { ...entry, filter, path: path === "" ? WHOLE : path };
}

/** `a/#` is all topics below a; `a#b` is b in the messages of a; `a/##b` is both. */
function splitKey(key: string): readonly [filter: string, path: string] {
  const at = key.indexOf("#");
  if (at === -1) return [key, ""];
  const isWildcard = at === 0 || key[at - 1] === "/";
  const end = isWildcard ? at + 1 : at;
  const path = key.slice(end);
  return [key.slice(0, end), path.startsWith("#") ? path.slice(1) : path];
}

function payloadFields(payload: unknown): Field[] {
  if (typeof payload === "object" && payload !== null) return readJsonFields(JSON.stringify(payload)) ?? [];
  return [{ key: WHOLE, value: payload as FieldValue }];
}

function toReading(
  {
    quantity,
    value,
    unit,
  }: { readonly quantity: LineMapping["quantity"]; readonly value: number; readonly unit: string },
  channel: string,
): DecodedReading[] {
  return mapFields([{ key: WHOLE, value }], [{ key: WHOLE, quantity, unit, channel }]);
}
