import type { Quantity } from "../../../shared/index.ts";

/** What one 16-bit word of a frame means. */
export interface PmsField {
  /** Name in `raw`, as in Plantower's manuals. */
  readonly name: string;
  readonly quantity: Quantity;
  readonly channel?: string;
  /** Value = word ÷ divisor, in the quantity's canonical unit. */
  readonly divisor: number;
  readonly signed?: boolean;
}

/** How the frames of one kind of sensor are laid out. */
export interface PmsLayout {
  /** Fields by their word, in order from word 1; `null` is a reserved word. */
  readonly fields: readonly (PmsField | null)[];
  /** The last word before the checksum holds version and error. */
  readonly hasStatus: boolean;
}

const field = (name: string, quantity: Quantity, divisor = 1, channel?: string): PmsField => ({
  name,
  quantity,
  divisor,
  ...(channel === undefined ? {} : { channel }),
});

/** CF=1 is the factory's standard material; the values without a channel are for "atmospheric environment". */
const MASSES: readonly PmsField[] = [
  field("pm1_0_cf1", "pm1", 1, "cf1"),
  field("pm2_5_cf1", "pm25", 1, "cf1"),
  field("pm10_cf1", "pm10", 1, "cf1"),
  field("pm1_0_atm", "pm1"),
  field("pm2_5_atm", "pm25"),
  field("pm10_atm", "pm10"),
];
/** Particles larger than the channel says, per 0.1 L on the wire, per cm³ as reading. */
const COUNTS: readonly PmsField[] = ["0.3", "0.5", "1.0", "2.5", "5.0", "10"].map((size) =>
  field(`n_gt_${size.replace(".", "_")}`, "particle_count", 100, `gt${size}um`),
);
const TEMPERATURE: PmsField = { ...field("temperature", "temperature", 10), signed: true };
const HUMIDITY: PmsField = field("humidity", "humidity", 10);
const FORMALDEHYDE: PmsField = field("formaldehyde", "hcho", 1000);

const PMS3003: PmsLayout = { fields: [...MASSES, null, null, null], hasStatus: false };
const PMS5003: PmsLayout = { fields: [...MASSES, ...COUNTS], hasStatus: true };
export const PMS5003T: PmsLayout = {
  fields: [...MASSES, ...COUNTS.slice(0, 4), TEMPERATURE, HUMIDITY],
  hasStatus: true,
};
export const PMS5003S: PmsLayout = { fields: [...MASSES, ...COUNTS, FORMALDEHYDE], hasStatus: false };
const PMS5003ST: PmsLayout = {
  fields: [...MASSES, ...COUNTS, FORMALDEHYDE, TEMPERATURE, HUMIDITY, null],
  hasStatus: true,
};

/**
 * Layouts by the frame's length field: the bytes behind it, checksum included.
 *
 * Source: Plantower, data manuals of PMS3003 (2016), PMS5003 V2.3, PMS5003T/S/ST and PMS7003.
 */
export const LAYOUT_BY_LENGTH: ReadonlyMap<number, PmsLayout> = new Map([
  [0x14, PMS3003],
  [0x1c, PMS5003],
  [0x24, PMS5003ST],
]);
/** The length field of the answer to a command. */
export const REPLY_LENGTH = 0x04;
/** Word numbers of the two largest counts, which the PMS5003T replaces by climate. */
export const LAST_COUNT_WORDS = [11, 12] as const;
