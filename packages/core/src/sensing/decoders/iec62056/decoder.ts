import type { Quantity } from "../../../shared/index.ts";
import type { DecodedReading, Decoder } from "../../decoder.ts";
import { broken, createByteFramer, refused, type Verdict } from "../../framing/byte-framer.ts";
import { electricityRegister } from "../../framing/electricity-register.ts";
import { putRaw } from "../../framing/fields.ts";
import { createReading } from "../../plausibility.ts";
import { convertToCanonical, isKnownUnit } from "../../unit.ts";
import { type DataSet, type ObisAddress, readDataSets, readObisAddress } from "./data-set.ts";
import { createReadoutRule, type Readout } from "./readout.ts";

const VALUE = /^\s*([+-]?\d{1,12}(?:[.,]\d{1,9})?)(?:\*([^*]{1,12}))?\s*$/;
/** Where meters print their number: by OBIS, by EDIS, heat meters. */
const IDENTITY_NAMES = ["96.1.0", "96.1.255", "0.0.0", "C.1.0", "0.0.9", "9.21"] as const;

/**
 * Decodes readouts of meters with an infrared interface by IEC 62056-21: mode D, which push, and modes A, B and C,
 * which answer.
 *
 * One readout is one frame. OBIS codes count with or without `A-B:` and `*255`; values stored in the past are in
 * `raw` only. A value without a unit is taken in the unit that is customary for its code and marked `estimated`. A
 * readout with a block check character counts when that is right, one without when every line of it makes sense.
 *
 * Source: IEC 62056-21:2002; DIN 43863-3 (EDIS); EN 13757-1 for heat, gas and water.
 */
export function createIec62056Decoder(): Decoder {
  return createByteFramer(createReadoutRule(decodeReadout));
}

function decodeReadout({ identification, text, length, checked }: Readout): Verdict {
  const { sets, strange } = readDataSets(text);
  const addresses = sets.map(({ name }) => readObisAddress(name));
  if (!checked && (strange > 0 || addresses.includes(null))) return broken(length, "SENSING_FRAME_MALFORMED");
  if (sets.length === 0) return refused(length, "SENSING_FRAME_NOT_A_READING");
  const identity = readIdentity(sets);
  return {
    kind: "frame",
    length,
    content: {
      ...(identity === undefined ? {} : { identity }),
      readings: sets.flatMap((set, i) => toReading(set, addresses[i] ?? null)),
      raw: toRaw(identification, sets),
    },
  };
}

function readIdentity(sets: readonly DataSet[]): string | undefined {
  const names = sets.map(({ name }) => shortName(name));
  const texts = IDENTITY_NAMES.map((wanted) => sets[names.indexOf(wanted)]?.values[0]?.trim());
  return texts.find((text) => text !== undefined && !/^0*$/.test(text));
}

/** Without `A-B:` and `*255`. */
function shortName(name: string): string {
  const text = name.slice(name.indexOf(":") + 1);
  return text.endsWith("*255") ? text.slice(0, -4) : text;
}

/** What an address means, and its unit where none is printed. */
interface Meaning {
  readonly quantity: Quantity;
  readonly channel?: string;
  readonly customaryUnit: string;
}

/** Other media than electricity, as `medium c.d`; heat meters print no medium. */
const OTHER_MEDIA: ReadonlyMap<string, Meaning> = new Map<string, Meaning>([
  ["7 3.0", { quantity: "gas_volume", customaryUnit: "m3" }],
  ["8 1.0", { quantity: "water_volume", customaryUnit: "m3" }],
  ["6.8", { quantity: "heat_energy", customaryUnit: "MWh" }],
  ["6.26", { quantity: "water_volume", channel: "heating", customaryUnit: "m3" }],
]);

function meaningOf({ medium, c, d, e }: ObisAddress): Meaning | undefined {
  if (medium !== null && medium !== 1) return OTHER_MEDIA.get(`${medium} ${c}.${d}`);
  return e === null ? OTHER_MEDIA.get(`${c}.${d}`) : electricityRegister(c, d, e);
}

function toReading({ values }: DataSet, address: ObisAddress | null): DecodedReading[] {
  const meaning = address?.current === true ? meaningOf(address) : undefined;
  const [, digits, unit] = VALUE.exec(values[0] ?? "") ?? [];
  if (meaning === undefined || digits === undefined) return [];
  const { quantity, channel, customaryUnit } = meaning;
  const printed = unit !== undefined && isKnownUnit(unit.trim());
  if (unit !== undefined && !printed) return [];
  const converted = convertToCanonical(
    Number(digits.replace(",", ".")),
    printed ? unit.trim() : customaryUnit,
    quantity,
  );
  if (!converted.ok) return [];
  return [
    createReading(quantity, converted.value, {
      quality: printed || customaryUnit === "" ? [] : ["estimated"],
      ...(channel === undefined ? {} : { channel }),
    }),
  ];
}

/** One value reads as printed, several keep their parentheses; a second set of one name gets `#2`. */
function toRaw(identification: string, sets: readonly DataSet[]): Record<string, string> {
  const raw: Record<string, string> = { identification };
  for (const { name, values } of sets) {
    let key = name;
    for (let copy = 2; Object.hasOwn(raw, key); copy++) key = `${name}#${copy}`;
    putRaw(raw, key, values.length === 1 ? (values[0] ?? "") : values.map((value) => `(${value})`).join(""));
  }
  return raw;
}
