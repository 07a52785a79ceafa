import type { Instant, Quantity } from "../../../shared/index.ts";
import { type CosemObject, readQuantityText } from "./cosem.ts";
import { MBUS_QUANTITIES } from "./registers.ts";
import { readTimestamp } from "./timestamp.ts";

/** The last value of a gas, water, heat or slave meter on the M-Bus. */
export interface MbusValue {
  /** `0-<channel>:` of the object; 1 to 4, in any order. */
  readonly channel: string;
  readonly quantity: Quantity;
  readonly value: number;
  readonly unit: string;
  /** When the meter took the value; `null` where it says so without a time zone. */
  readonly at: Instant | null;
}

const MBUS = /^0-([1-9]):24\.(1|2|3)\.(\d)$/;

/**
 * Reads the M-Bus meters of a telegram: `24.2.1` (corrected), `24.2.3` (not corrected, BE gas), and `24.3.0` with the
 * value behind it (DSMR 2.2 and 3). A channel left behind by a replaced meter has no unit and is passed over.
 */
export function readMbusValues(all: readonly CosemObject[]): MbusValue[] {
  const objects = all.filter(({ obis }) => obis.includes(":24."));
  const types = new Map<string, number>();
  for (const { obis, values } of objects) {
    const [, channel, group] = MBUS.exec(obis) ?? [];
    if (channel !== undefined && group === "1") types.set(channel, Number(values[0]));
  }
  return objects.flatMap((object) => {
    const [, channel, group] = MBUS.exec(object.obis) ?? [];
    const quantity = MBUS_QUANTITIES[types.get(channel ?? "") ?? -1];
    if (channel === undefined || quantity === undefined || group === "1") return [];
    const measured = group === "2" ? readCurrent(object.values) : readOld(object.values);
    return measured === null ? [] : [{ channel, quantity, ...measured }];
  });
}

type Measured = Pick<MbusValue, "value" | "unit" | "at">;

/** `(timestamp)(value*unit)` */
function readCurrent(values: readonly string[]): Measured | null {
  const measured = readQuantityText(values[1] ?? "");
  return measured === null || measured.unit === "" ? null : { ...measured, at: readTimestamp(values[0] ?? "") };
}

/** `(local time)(00)(60)(1)(0-1:24.2.1)(unit)(value)`; its local time names no zone. */
function readOld(values: readonly string[]): Measured | null {
  const [localTime = "", , , , , unit = ""] = values;
  const measured = readQuantityText(values[6] ?? "");
  return measured === null || unit === "" ? null : { value: measured.value, unit, at: readTimestamp(localTime) };
}
