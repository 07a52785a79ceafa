import type { DecodedReading, Decoder } from "../../decoder.ts";
import { broken, createByteFramer, type Verdict } from "../../framing/byte-framer.ts";
import { electricityRegister } from "../../framing/electricity-register.ts";
import { createReading } from "../../plausibility.ts";
import { convertToCanonical } from "../../unit.ts";
import { hexText, obisGroup, obisText, readSmlContent, type SmlContent, type SmlEntry } from "./list-response.ts";
import { readSmlNodes } from "./node.ts";
import { createSmlRule, type SmlCrc } from "./transport.ts";

/** DLMS unit codes of meters. Source: DLMS UA Blue Book, edition 12, table 4. */
const UNITS: ReadonlyMap<number, string> = new Map([
  [8, "deg"],
  [9, "Cel"],
  [13, "m3"],
  [14, "m3"],
  [27, "W"],
  [28, "VA"],
  [29, "var"],
  [30, "Wh"],
  [31, "VAh"],
  [32, "varh"],
  [33, "A"],
  [35, "V"],
  [44, "Hz"],
]);
const POWER = "1-0:16.7.0*255";
/** DZG meters with these serial numbers send short power values as signed that are meant unsigned. */
const DZG_PREFIX = "0a01445a47";
const DZG_SERIALS = [
  [42_000_000, 48_999_999],
  [55_000_000, 58_999_999],
] as const;
const DZG_MAX_WIDTH = 2;

/**
 * Decodes SML files as meters push them through their infrared interface.
 *
 * One file is one frame. Energy is in kWh, power in W (without a channel: positive when drawn, negative when fed in),
 * tariffs and phases are channels. `raw` names every entry by its OBIS code, scaled, with unit and status beside it;
 * octet strings are hexadecimal. The identity is the server id. Times count seconds of the meter's own and are no
 * device time. Files with CRC-16/KERMIT instead of X-25 are read too.
 *
 * Source: BSI TR-03109-1, Anlage IV, SML 1.04; libsml workaround for DZG meters.
 */
export function createSmlDecoder(): Decoder {
  return createByteFramer(createSmlRule(decodeFile));
}

function decodeFile(messages: Uint8Array, length: number, crc: SmlCrc): Verdict {
  const nodes = readSmlNodes(messages);
  const content = nodes === null ? null : readSmlContent(nodes);
  if (content === null) return broken(length, "SENSING_FRAME_MALFORMED");
  const mayRepair = content.serverId?.startsWith(DZG_PREFIX) === true;
  const repaired = mayRepair
    ? { ...content, entries: content.entries.map((entry) => repairPower(entry, content.serverId)) }
    : content;
  return {
    kind: "frame",
    length,
    content: {
      identity: content.serverId ?? undefined,
      readings: toReadings(repaired.entries),
      raw: () => toRaw(repaired, crc),
    },
  };
}

function repairPower(entry: SmlEntry, serverId: string | null): SmlEntry {
  const { value } = entry;
  if (value.kind !== "number" || !value.signed || value.width > DZG_MAX_WIDTH) return entry;
  if (obisText(entry) !== POWER) return entry;
  const serial = Number.parseInt((serverId ?? "").slice(DZG_PREFIX.length), 16);
  if (value.value >= 0 || !DZG_SERIALS.some(([first, last]) => serial >= first && serial <= last)) return entry;
  return { ...entry, value: { ...value, value: value.value + 2 ** (value.width * 8) } };
}

function toReadings(entries: readonly SmlEntry[]): DecodedReading[] {
  const readings: DecodedReading[] = [];
  for (const entry of entries) {
    const reading = toReading(entry);
    if (reading !== null) readings.push(reading);
  }
  if (readings.some(({ quantity, channel }) => quantity === "power" && channel === undefined)) return readings;
  const net = netPower(readings);
  return net === null ? readings : [...readings, createReading("power", net)];
}

/** What is drawn less what is fed in, for meters that do not send it themselves. */
function netPower(readings: readonly DecodedReading[]): number | null {
  const of = (channel: string): number | undefined =>
    readings.find((reading) => reading.quantity === "power" && reading.channel === channel)?.value;
  const drawn = of("import") ?? of("import_t1");
  return drawn === undefined ? (of("absolute") ?? null) : drawn - (of("export") ?? 0);
}

function toReading(entry: SmlEntry): DecodedReading | null {
  const { value, scaler, unitCode } = entry;
  const unit = unitCode === null ? undefined : UNITS.get(unitCode);
  const isElectricity = obisGroup(entry, 0) === 1 && obisGroup(entry, 1) === 0;
  if (value.kind !== "number" || unit === undefined || !isElectricity) return null;
  const register = electricityRegister(obisGroup(entry, 2), obisGroup(entry, 3), obisGroup(entry, 4));
  if (register === undefined) return null;
  const { quantity, channel } = register;
  const converted = convertToCanonical(scaled(value.value, scaler), unit, quantity);
  return converted.ok ? createReading(quantity, converted.value, { channel }) : null;
}

/** Exact to the last digit: the scaler moves the decimal point. */
function scaledValue({ value, scaler }: SmlEntry): string | number | boolean | null {
  switch (value.kind) {
    case "number":
      return scaled(value.value, scaler);
    case "bool":
      return value.value;
    case "octets":
      return hexText(value);
    case "absent":
      // An empty octet string looks the same on the wire.
      return "";
    default:
      return null;
  }
}

/** A power of ten that a double holds exactly leaves one rounding, as reading the printed number would. */
function scaled(value: number, scaler: number): number {
  if (scaler === 0) return value;
  if (Math.abs(scaler) > LARGEST_EXACT_POWER) return Number(`${value}e${scaler}`);
  return scaler > 0 ? value * 10 ** scaler : value / 10 ** -scaler;
}

const LARGEST_EXACT_POWER = 22;

function toRaw({ serverId, entries }: SmlContent, crc: SmlCrc): Record<string, string | number | boolean | null> {
  const raw: Record<string, string | number | boolean | null> = { server_id: serverId };
  for (const entry of entries) {
    const obis = obisText(entry);
    let key = obis;
    for (let copy = 2; Object.hasOwn(raw, key); copy++) key = `${obis}#${copy}`;
    raw[key] = scaledValue(entry);
    if (entry.unitCode !== null) raw[`${key}:unit`] = UNITS.get(entry.unitCode) ?? entry.unitCode;
    if (entry.status !== null) raw[`${key}:status`] = entry.status;
    if (entry.time !== null) raw[`${key}:time`] = entry.time;
  }
  raw["crc"] = crc;
  return raw;
}
