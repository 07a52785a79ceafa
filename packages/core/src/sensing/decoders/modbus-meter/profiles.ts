import type { Quantity } from "../../../shared/index.ts";
import { READ_HOLDING, READ_INPUT } from "../../framing/modbus.ts";

/** What one register pair (a float, high word first) of a meter means. */
export interface MeterRegister {
  readonly address: number;
  /** As in the maker's table. */
  readonly name: string;
  /** Absent for what makes no reading. */
  readonly quantity?: Quantity;
  readonly channel?: string;
  /** Value in the quantity's canonical unit = register × factor. */
  readonly factor: number;
}

/** One model of meter: its registers and how they are asked for. */
export interface MeterProfile {
  readonly id: string;
  readonly title: string;
  readonly functionCode: number;
  readonly registers: readonly MeterRegister[];
  /** Blocks that one request reads, `[first address, number of registers]`; 80 registers are the most SDM meters allow. */
  readonly blocks: readonly (readonly [first: number, count: number])[];
  /** Where the serial number is: two holding registers. */
  readonly serialRegister?: number;
}

type Row = readonly [address: number, name: string, quantity?: Quantity, channel?: string, factor?: number];

const rows = (table: readonly Row[]): MeterRegister[] =>
  table.map(([address, name, quantity, channel, factor = 1]) => ({
    address,
    name,
    factor,
    ...(quantity === undefined ? {} : { quantity }),
    ...(channel === undefined || channel === "" ? {} : { channel }),
  }));

/** One quantity of three phases, two registers apart. */
const phases = (first: number, name: string, quantity: Quantity): Row[] =>
  [1, 2, 3].map((phase) => [first + (phase - 1) * 2, `${name}_l${phase}`, quantity, `l${phase}`]);

const ENERGY: readonly Row[] = [
  [0x48, "import_kwh", "energy_import"],
  [0x4a, "export_kwh", "energy_export"],
  [0x4c, "import_kvarh"],
  [0x4e, "export_kvarh"],
];
const TOTAL_ENERGY: readonly Row[] = [
  [0x156, "total_kwh"],
  [0x158, "total_kvarh"],
];
const SINGLE_PHASE: readonly Row[] = [
  [0x00, "voltage", "voltage"],
  [0x06, "current", "current"],
  [0x0c, "active_power", "power"],
  [0x12, "apparent_power", "apparent_power"],
  [0x18, "reactive_power", "reactive_power"],
  [0x1e, "power_factor", "power_factor"],
  [0x24, "phase_angle"],
  [0x46, "frequency", "frequency"],
  ...ENERGY,
  ...TOTAL_ENERGY,
];
const THREE_PHASE: readonly Row[] = [
  ...phases(0x00, "voltage", "voltage"),
  ...phases(0x06, "current", "current"),
  ...phases(0x0c, "active_power", "power"),
  ...phases(0x12, "apparent_power", "apparent_power"),
  ...phases(0x18, "reactive_power", "reactive_power"),
  ...phases(0x1e, "power_factor", "power_factor"),
  [0x34, "total_active_power", "power"],
  [0x38, "total_apparent_power", "apparent_power"],
  [0x3c, "total_reactive_power", "reactive_power"],
  [0x3e, "total_power_factor", "power_factor"],
  [0x42, "total_phase_angle"],
  [0x46, "frequency", "frequency"],
  ...ENERGY,
  [0xea, "thd_voltage_l1"],
  [0xec, "thd_voltage_l2"],
  [0xee, "thd_voltage_l3"],
  [0xf8, "thd_voltage_average"],
  ...TOTAL_ENERGY,
  ...phases(0x15a, "import_kwh", "energy_import"),
  ...phases(0x160, "export_kwh", "energy_export"),
  [0x166, "total_kwh_l1"],
  [0x168, "total_kwh_l2"],
  [0x16a, "total_kwh_l3"],
];
const SDM72: readonly Row[] = [[0x34, "total_active_power", "power"], ...ENERGY.slice(0, 2), [0x156, "total_kwh"]];
const DDSU666: readonly Row[] = [
  [0x2000, "voltage", "voltage"],
  [0x2002, "current", "current"],
  [0x2004, "active_power_kw", "power", "", 1000],
  [0x2006, "reactive_power_kvar", "reactive_power", "", 1000],
  [0x200a, "power_factor", "power_factor"],
  [0x200e, "frequency", "frequency"],
  [0x4000, "import_kwh", "energy_import"],
  [0x400a, "export_kwh", "energy_export"],
];

const SDM_SERIAL = 0xfc00;
const SINGLE_PHASE_BLOCKS = [
  [0x00, 0x26],
  [0x46, 0x0a],
] as const;

/**
 * The meters we know, the first one assumed when nobody says.
 *
 * Source: Eastron, SDM120/220/230/630/72 Modbus protocol implementation; Chint, DDSU666 user manual, table 8; register
 * lists compared with volkszaehler/mbmd.
 */
export const METER_PROFILES: readonly MeterProfile[] = [
  ...["120", "220", "230"].map((model) => ({
    id: `sdm${model}`,
    title: `Eastron SDM${model} (one phase)`,
    functionCode: READ_INPUT,
    registers: rows(SINGLE_PHASE),
    blocks: SINGLE_PHASE_BLOCKS,
    serialRegister: SDM_SERIAL,
  })),
  {
    id: "sdm630",
    title: "Eastron SDM630 (three phases)",
    functionCode: READ_INPUT,
    registers: rows(THREE_PHASE),
    blocks: [
      [0x00, 0x50],
      [0x15a, 0x0c],
    ],
    serialRegister: SDM_SERIAL,
  },
  {
    id: "sdm72",
    title: "Eastron SDM72 (three phases, total only)",
    functionCode: READ_INPUT,
    registers: rows(SDM72),
    blocks: [
      [0x34, 0x02],
      [0x48, 0x04],
    ],
    serialRegister: SDM_SERIAL,
  },
  {
    id: "ddsu666",
    title: "Chint DDSU666 (one phase)",
    functionCode: READ_HOLDING,
    registers: rows(DDSU666),
    blocks: [
      [0x2000, 0x10],
      [0x4000, 0x0c],
    ],
  },
];

/** Which meter on which bus address: `sdm630`, or `sdm630@5` for another address than the factory's 1. */
export interface MeterSelection {
  readonly profile: MeterProfile;
  readonly unit: number;
  /** The address was named: other meters on the line are somebody else's. */
  readonly only: boolean;
}

export function meterSelection(variant = ""): MeterSelection {
  const [id = "", unit] = variant.split("@");
  const profile = METER_PROFILES.find((each) => each.id === id) ?? (METER_PROFILES[0] as MeterProfile);
  const named = /^\d{1,3}$/.test(unit ?? "");
  return { profile, unit: named ? Number(unit) : 1, only: named };
}
