import type { Decoder } from "../../decoder.ts";
import { broken, createByteFramer, type Verdict } from "../../framing/byte-framer.ts";
import { type CosemObject, readEquipmentId, readTelegram, type TelegramContent } from "./cosem.ts";
import { readReadings } from "./readings.ts";
import { createTelegramRule, type Telegram } from "./telegram.ts";
import { readTimestamp } from "./timestamp.ts";

/** Where meters print who they are: NL and BE; HU; LU and SE; ESY. */
const IDENTITY_OBJECTS = ["0-0:96.1.1", "0-0:96.1.0", "0-0:42.0.0", "0-0:96.1.255"] as const;
/** Only meters that also print a CRC print these. */
const CRC_ERA_OBJECTS = ["1-3:0.2.8", "0-0:96.1.4", "0-0:1.0.0"] as const;

/**
 * Decodes P1 telegrams of smart meters: DSMR 2.2, 3, 4, 5 and the Belgian, Luxembourg, Swedish and Hungarian kinds.
 *
 * One telegram is one frame. Energy is in kWh, power in W (import and export as printed, and their difference as the
 * reading without a channel), volumes in m³. The frame's `at` is the meter's own time; gas, water and heat carry the
 * time at which their meter took the value, which many telegrams repeat. A telegram with a CRC counts only when the
 * CRC is right; one without counts only when every line of it makes sense and it is of an age that had none.
 *
 * Source: Netbeheer Nederland, P1 Companion Standard 2.2, 3.0, 4.0, 5.0.2; Fluvius, e-MUCS P1 1.7.1.
 */
export function createDsmrDecoder(): Decoder {
  return createByteFramer(createTelegramRule(decodeTelegram));
}

function decodeTelegram({ text, length, crc }: Telegram): Verdict {
  const content = readTelegram(text);
  const at = readTimestamp(firstValue(content.objects, "0-0:1.0.0") ?? "");
  const { readings, senseless } = readReadings(content.objects, at);
  if (crc === null) {
    if (CRC_ERA_OBJECTS.some((obis) => firstValue(content.objects, obis) !== undefined)) {
      return broken(length, "SENSING_FRAME_CHECKSUM");
    }
    const whole = content.strangeLines.length === 0 && senseless === 0 && readings.length > 0;
    if (!whole) return broken(length, "SENSING_FRAME_MALFORMED");
  }
  const identity = readIdentity(content.objects);
  return {
    kind: "frame",
    length,
    content: {
      identity,
      at: at ?? undefined,
      readings,
      raw: () => toRaw(content, crc),
    },
  };
}

function readIdentity(objects: readonly CosemObject[]): string | undefined {
  const text = IDENTITY_OBJECTS.map((obis) => firstValue(objects, obis)).find((value) => value && !/^0*$/.test(value));
  return text === undefined ? undefined : readEquipmentId(text);
}

function firstValue(objects: readonly CosemObject[], obis: string): string | undefined {
  return objects.find((object) => object.obis === obis)?.values[0];
}

/** One value reads as printed, several keep their parentheses; a second object of one name gets `#2`. */
function toRaw({ identification, objects }: TelegramContent, crc: string | null): Record<string, string | null> {
  const raw: Record<string, string | null> = { identification };
  for (const { name, values } of objects) {
    let key = name;
    for (let copy = 2; raw[key] !== undefined; copy++) key = `${name}#${copy}`;
    raw[key] = values.length === 1 ? (values[0] ?? "") : `(${values.join(")(")})`;
  }
  raw["crc"] = crc;
  return raw;
}
