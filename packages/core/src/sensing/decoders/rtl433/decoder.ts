import type { DecodedReading, Decoder } from "../../decoder.ts";
import { type Field, fieldsToRaw } from "../../framing/fields.ts";
import { readJsonFields } from "../../framing/json-fields.ts";
import { createLineFramer, type LineRule, type LineVerdict } from "../../framing/line-framer.ts";
import { createReading } from "../../plausibility.ts";
import { convertToCanonical } from "../../unit.ts";
import { isEnvironmental, isReceptionKey, type KeyMeaning, keyMeaning } from "./keys.ts";
import { createRepeats, readMessageTime } from "./repeats.ts";

const MAX_LINE_LENGTH = 4096;
const MAX_TOTALS = 500;

/**
 * Decodes the JSON lines of rtl_433 into readings, by keys that end in their unit (`temperature_C`, `wind_avg_km_h`).
 *
 * One line is one frame, of the device `model/id/channel`, which is its identity and the beginning of its readings'
 * channels. The same content of one device within two seconds is a repeat and refused as no reading, and so is what
 * comes from tyres, doorbells and alarms. Rain counts up: what was added since the last message is the reading, so
 * the first one has none unless the count is 0. Only times with a zone (`-M time:iso`, `-M time:utc:iso`) are device times.
 *
 * Source: rtl_433, docs/DATA_FORMAT.md.
 */
export function createRtl433Decoder(): Decoder {
  return createLineFramer(new Rtl433Rule());
}

class Rtl433Rule implements LineRule {
  readonly maxLength = MAX_LINE_LENGTH;
  readonly #repeats = createRepeats();
  readonly #totals = new Map<string, number>();

  interpret(line: string): LineVerdict {
    const text = line.trim();
    if (!text.startsWith("{")) return "SENSING_BYTES_UNRECOGNISED";
    const fields = readJsonFields(text);
    if (fields === null) return "SENSING_FRAME_MALFORMED";
    const texts = new Map(fields.map(({ key, value }) => [key, value]));
    const model = texts.get("model");
    if (typeof model !== "string" || model === "") return "SENSING_FRAME_NOT_A_READING";
    const device = ["model", "id", "channel"]
      .map((key) => texts.get(key) ?? "")
      .filter((part) => part !== "")
      .join("/");
    const time = readMessageTime(texts.get("time"));
    const content = JSON.stringify(fields.filter(({ key }) => !isReceptionKey(key)));
    const isRepeat = this.#repeats.isRepeat(device, content, time.seconds);
    if (isRepeat || !isEnvironmental(model, String(texts.get("type") ?? ""))) return "SENSING_FRAME_NOT_A_READING";
    return {
      identity: device,
      ...(time.at === null ? {} : { at: time.at }),
      readings: fields.flatMap((field) => this.#reading(field, device)),
      raw: fieldsToRaw(fields),
    };
  }

  #reading({ key, value }: Field, device: string): DecodedReading[] {
    const meaning = keyMeaning(key);
    if (meaning === undefined || typeof value !== "number") return [];
    const converted = convertToCanonical(value, meaning.unit, meaning.quantity);
    if (!converted.ok) return [];
    const shown = meaning.total === true ? this.#added(`${device} ${key}`, converted.value) : converted.value;
    return shown === null ? [] : [createReading(meaning.quantity, shown, { channel: channelOf(meaning, device) })];
  }

  /** What a counter that never stops has gained; `null` when there is nothing to compare with. */
  #added(counter: string, total: number): number | null {
    const before = this.#totals.get(counter);
    this.#totals.delete(counter);
    this.#totals.set(counter, total);
    const [oldest] = this.#totals.keys();
    if (this.#totals.size > MAX_TOTALS && oldest !== undefined) this.#totals.delete(oldest);
    // A count below the last one has started anew.
    if (before === undefined) return total === 0 ? 0 : null;
    return total >= before ? Number((total - before).toFixed(3)) : total;
  }
}

function channelOf({ channel }: KeyMeaning, device: string): string {
  return channel === undefined ? device : `${device}/${channel}`;
}
