import type { Quantity } from "../../../shared/index.ts";

/** What a register of the main meter means. */
export interface Register {
  readonly quantity: Quantity;
  readonly channel?: string;
}

const PHASES = ["l1", "l2", "l3"] as const;

/**
 * Registers by OBIS code. Tariff registers sum to the total; which of them is the low tariff differs (NL 1 = low,
 * BE 1 = day), so they keep their numbers.
 *
 * Source: Netbeheer Nederland, P1 Companion Standard 5.0.2, §6.12; Fluvius, e-MUCS P1 1.7.1; IEC 62056-6-1.
 */
export const REGISTERS: ReadonlyMap<string, Register> = new Map<string, Register>([
  ["1-0:1.8.0", { quantity: "energy_import" }],
  ["1-0:2.8.0", { quantity: "energy_export" }],
  ...[1, 2, 3, 4].flatMap((tariff): [string, Register][] => [
    [`1-0:1.8.${tariff}`, { quantity: "energy_import", channel: `t${tariff}` }],
    [`1-0:2.8.${tariff}`, { quantity: "energy_export", channel: `t${tariff}` }],
  ]),
  ["1-0:1.7.0", { quantity: "power", channel: "import" }],
  ["1-0:2.7.0", { quantity: "power", channel: "export" }],
  ["1-0:16.7.0", { quantity: "power" }],
  ["1-0:1.4.0", { quantity: "power", channel: "quarter_hour_average" }],
  ["1-0:1.6.0", { quantity: "power", channel: "month_peak" }],
  ["1-0:3.7.0", { quantity: "reactive_power", channel: "import" }],
  ["1-0:4.7.0", { quantity: "reactive_power", channel: "export" }],
  ["1-0:13.7.0", { quantity: "power_factor" }],
  ["1-0:14.7.0", { quantity: "frequency" }],
  ...PHASES.flatMap((phase, i): [string, Register][] => {
    const code = (last: number): string => `1-0:${(i + 1) * 20 + last}.7.0`;
    return [
      [code(1), { quantity: "power", channel: `${phase}_import` }],
      [code(2), { quantity: "power", channel: `${phase}_export` }],
      [code(3), { quantity: "reactive_power", channel: `${phase}_import` }],
      [code(4), { quantity: "reactive_power", channel: `${phase}_export` }],
      [code(11), { quantity: "current", channel: phase }],
      [code(12), { quantity: "voltage", channel: phase }],
      [code(13), { quantity: "power_factor", channel: phase }],
    ];
  }),
]);

/** What the value of an M-Bus meter means, by device type. Source: EN 13757-3:2018, table 6 (medium). */
export const MBUS_QUANTITIES: Readonly<Record<number, Quantity>> = {
  2: "energy_import",
  3: "gas_volume",
  4: "heat_energy",
  6: "water_volume",
  7: "water_volume",
  12: "heat_energy",
};
