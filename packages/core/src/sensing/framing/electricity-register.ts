import type { Quantity } from "../../shared/index.ts";

/** What an electricity register means, and in which unit it counts where a device prints none. */
export interface ElectricityRegister {
  readonly quantity: Quantity;
  readonly channel?: string;
  readonly customaryUnit: string;
}

/** Direction and kind of a register by value group C; phases add 20, 40 and 60. */
const KINDS: Readonly<Record<number, readonly [Quantity, channel: string, unit: string]>> = {
  1: ["power", "import", "kW"],
  2: ["power", "export", "kW"],
  3: ["reactive_power", "import", "kvar"],
  4: ["reactive_power", "export", "kvar"],
  9: ["apparent_power", "import", "kVA"],
  10: ["apparent_power", "export", "kVA"],
  11: ["current", "", "A"],
  12: ["voltage", "", "V"],
  13: ["power_factor", "", ""],
  14: ["frequency", "", "Hz"],
  15: ["power", "absolute", "kW"],
  16: ["power", "", "kW"],
};
const ENERGY: Readonly<Record<number, Quantity>> = { 1: "energy_import", 2: "energy_export" };
const CUMULATIVE = 8;
const INSTANTANEOUS = 7;

/**
 * Tells what `C.D.E` of an OBIS code of electricity means: 1.8.0 energy drawn, 16.7.0 power with sign, 36.7.0 the same
 * of phase 1; `undefined` for what makes no reading (tariff texts, demand, reactive energy).
 *
 * Tariff registers have channel `t1`…, phases `l1`…`l3`.
 * Source: IEC 62056-6-1:2017, tables 5 to 8; DIN 43863-3 (EDIS) for the customary units.
 */
export function electricityRegister(c: number, d: number, e: number): ElectricityRegister | undefined {
  if (d === CUMULATIVE) return energyRegister(c, e);
  if (d !== INSTANTANEOUS) return undefined;
  const phase = c > 20 && c < 80 ? Math.floor(c / 20) : 0;
  const kind = KINDS[c - phase * 20];
  if (kind === undefined) return undefined;
  const [quantity, direction, customaryUnit] = kind;
  return withChannel(quantity, channelName(phase, direction, e), customaryUnit);
}

function energyRegister(c: number, e: number): ElectricityRegister | undefined {
  const phase = c > 20 && c < 80 ? Math.floor(c / 20) : 0;
  const quantity = ENERGY[c - phase * 20];
  if (quantity === undefined) return undefined;
  return withChannel(quantity, channelName(phase, "", e), "kWh");
}

/** What is known of phase, direction and tariff, in this order: `l1_import`, `import_t1`. */
function channelName(phase: number, direction: string, tariff: number): string {
  const tail = tariff === 0 || tariff === 255 ? direction : direction === "" ? `t${tariff}` : `${direction}_t${tariff}`;
  if (phase === 0) return tail;
  return tail === "" ? `l${phase}` : `l${phase}_${tail}`;
}

function withChannel(quantity: Quantity, channel: string, customaryUnit: string): ElectricityRegister {
  return channel === "" ? { quantity, customaryUnit } : { quantity, channel, customaryUnit };
}
