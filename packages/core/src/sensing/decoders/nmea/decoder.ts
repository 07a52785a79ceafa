import type { Instant } from "../../../shared/index.ts";
import type { DecodedReading, Decoder } from "../../decoder.ts";
import { createByteFramer, type Verdict } from "../../framing/byte-framer.ts";
import { createReading } from "../../plausibility.ts";
import { positionReadings, readInstant } from "./position.ts";
import { createSentenceRule, type Sentence } from "./sentence.ts";
import { weatherReadings } from "./weather.ts";

/** Names of the fields in `raw`, in order; fields beyond and other sentences are numbered from 1. */
const FIELD_NAMES: Readonly<Record<string, readonly string[]>> = {
  GGA: ["time", "latitude", "ns", "longitude", "ew", "quality", "satellites", "hdop", "altitude", "altitude_unit"],
  RMC: [
    "time",
    "status",
    "latitude",
    "ns",
    "longitude",
    "ew",
    "speed_kn",
    "course",
    "date",
    "variation",
    "variation_ew",
  ],
  GLL: ["latitude", "ns", "longitude", "ew", "time", "status"],
  ZDA: ["time", "day", "month", "year", "zone_hours", "zone_minutes"],
};
const ONE_DIGIT = /^\d$/;
const METRES = /^-?\d+(?:\.\d+)?$/;
const NO_FIX_QUALITY = "0";
const VALID = "A";
const NOT_VALID_MODE = "N";

/**
 * Decodes NMEA 0183 sentences with a right checksum: position in degrees, altitude in m, and the weather sentences
 * MDA, MWV, XDR, MTA, MTW, MHU and MMB in the canonical units.
 *
 * One sentence is one frame; sentences that mean nothing to us are frames without readings. A position counts only
 * with a fix (GGA quality above 0, RMC and GLL status A). The time of an RMC with a fix is the frame's `at`, unless it
 * lies outside 2026 to 2045: a receiver after a week rollover is `clock_suspect` and its time stays in `raw`.
 *
 * Source: NMEA 0183 v4.11; gpsd, NMEA Revealed.
 */
export function createNmeaDecoder(): Decoder {
  return createByteFramer(createSentenceRule(decodeSentence));
}

/** What a sentence says. */
interface Content {
  readonly readings: readonly DecodedReading[];
  readonly at: Instant | "suspect" | null;
}

const SILENT: Content = { readings: [], at: null };

function decodeSentence(sentence: Sentence): Verdict {
  const type = sentence.address[0] === "P" ? "" : sentence.address.slice(-3);
  const { readings, at } = readContent(type, sentence.fields);
  const marked =
    at === "suspect"
      ? readings.map((each) => ({ ...each, quality: [...each.quality, "clock_suspect"] as const }))
      : readings;
  return {
    kind: "frame",
    length: sentence.length,
    content: { at: typeof at === "number" ? at : undefined, readings: marked, raw: () => toRaw(type, sentence) },
  };
}

function readContent(type: string, fields: readonly string[]): Content {
  switch (type) {
    case "GGA":
      return { readings: fixReadings(fields), at: null };
    case "RMC":
      return readRmc(fields);
    case "GLL":
      return fields[5] === VALID ? { readings: positionReadings(fields, 0), at: null } : SILENT;
    default:
      return { readings: weatherReadings(type, fields), at: null };
  }
}

function fixReadings(fields: readonly string[]): DecodedReading[] {
  const quality = fields[5] ?? "";
  if (!ONE_DIGIT.test(quality) || quality === NO_FIX_QUALITY) return [];
  const position = positionReadings(fields, 1);
  const altitude = fields[8] ?? "";
  const hasAltitude = position.length > 0 && METRES.test(altitude) && fields[9] === "M";
  if (hasAltitude) position.push(createReading("altitude", Number(altitude)));
  return position;
}

function readRmc(fields: readonly string[]): Content {
  if (fields[1] !== VALID || fields[11] === NOT_VALID_MODE) return SILENT;
  return { readings: positionReadings(fields, 2), at: readInstant(fields[0] ?? "", fields[8] ?? "") };
}

function toRaw(type: string, { address, fields }: Sentence): Record<string, string> {
  const names = FIELD_NAMES[type] ?? [];
  const raw: Record<string, string> = { sentence: address };
  for (let i = 0; i < fields.length; i++) raw[names[i] ?? String(i + 1)] = fields[i] ?? "";
  return raw;
}
