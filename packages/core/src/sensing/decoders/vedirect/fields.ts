import type { Quantity } from "../../../shared/index.ts";
import type { DecodedReading } from "../../decoder.ts";
import { createReading } from "../../plausibility.ts";

/** What a field makes: value in the quantity's canonical unit = number ÷ divisor. */
interface FieldMeaning {
  readonly quantity: Quantity;
  readonly divisor: number;
  readonly channel?: string;
}

const meaning = (quantity: Quantity, divisor: number, channel?: string): FieldMeaning => ({
  quantity,
  divisor,
  ...(channel === undefined ? {} : { channel }),
});

/**
 * Fields that are readings, by label; states, alarms and what starts anew every day stay in `raw`.
 *
 * Energy is seen from the device: `energy_export` is what it has delivered (solar yield, discharge of a battery).
 * Source: Victron Energy, VE.Direct Protocol 3.33, table "Field descriptions".
 */
const MEANINGS: ReadonlyMap<string, FieldMeaning> = new Map([
  ["V", meaning("battery_voltage", 1000)],
  ["V2", meaning("battery_voltage", 1000, "channel_2")],
  ["V3", meaning("battery_voltage", 1000, "channel_3")],
  ["VS", meaning("battery_voltage", 1000, "starter")],
  ["VM", meaning("battery_voltage", 1000, "midpoint")],
  ["VPV", meaning("voltage", 1000, "solar")],
  ["PPV", meaning("power", 1, "solar")],
  ["I", meaning("current", 1000, "battery")],
  ["I2", meaning("current", 1000, "channel_2")],
  ["I3", meaning("current", 1000, "channel_3")],
  ["IL", meaning("current", 1000, "load")],
  ["P", meaning("power", 1, "battery")],
  ["SOC", meaning("battery_charge", 10)],
  ["T", meaning("temperature", 1, "battery")],
  ["H17", meaning("energy_export", 100, "battery")],
  ["H18", meaning("energy_import", 100, "battery")],
  ["H19", meaning("energy_export", 100, "solar")],
  ["AC_OUT_V", meaning("voltage", 100, "ac_out")],
  ["AC_OUT_I", meaning("current", 10, "ac_out")],
  ["AC_OUT_S", meaning("apparent_power", 1, "ac_out")],
  ["DC_IN_V", meaning("battery_voltage", 100, "dc_in")],
  ["DC_IN_I", meaning("current", 10, "dc_in")],
  ["DC_IN_P", meaning("power", 1, "dc_in")],
]);
const INTEGER = /^[+-]?\d{1,10}$/;
const NOT_AVAILABLE = "---";

/** The readings among the fields of a block; `---` stands for what the device does not have. */
export function readFields(fields: readonly (readonly [label: string, value: string])[]): DecodedReading[] {
  return fields.flatMap(([label, text]) => {
    const known = MEANINGS.get(label);
    if (known === undefined || !INTEGER.test(text)) return [];
    const { quantity, divisor, channel } = known;
    return [createReading(quantity, Number(text) / divisor, channel === undefined ? {} : { channel })];
  });
}

/** Fields as `raw`: the text as sent, `null` for what is not available. */
export function fieldsToRaw(
  fields: readonly (readonly [label: string, value: string])[],
): Record<string, string | null> {
  return Object.fromEntries(fields.map(([label, text]) => [label, text === NOT_AVAILABLE ? null : text]));
}
