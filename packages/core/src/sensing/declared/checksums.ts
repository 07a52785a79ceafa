import { crc16Arc } from "../framing/crc16-arc.ts";

/** A check of bytes that a description may name. */
interface ChecksumKind {
  /** Bytes that it takes in the frame. */
  readonly width: 1 | 2;
  readonly order: "big" | "little";
  compute(bytes: Uint8Array, from: number, to: number): number;
}

/**
 * The checks by name; nothing else can be asked for, so that no description is ever executed.
 *
 * `sum8` sum of the bytes; `sum8-negative` what makes the sum zero (Winsen); `sum8-inverted` its ones' complement
 * (SHDLC); `xor8` (NMEA, Modbus LRC's cousin); `sum16-be`, `sum16-le`; `crc8-31` polynomial 31, start FF (Sensirion);
 * `crc16-modbus` and `crc16-arc` low byte first; `crc16-ccitt` polynomial 1021, start FFFF, high byte first.
 */
export const CHECKSUMS: Readonly<Record<string, ChecksumKind>> = {
  sum8: { width: 1, order: "big", compute: (bytes, from, to) => sum(bytes, from, to) & 0xff },
  "sum8-negative": { width: 1, order: "big", compute: (bytes, from, to) => -sum(bytes, from, to) & 0xff },
  "sum8-inverted": { width: 1, order: "big", compute: (bytes, from, to) => ~sum(bytes, from, to) & 0xff },
  xor8: { width: 1, order: "big", compute: (bytes, from, to) => fold(bytes, from, to, 0, (crc, byte) => crc ^ byte) },
  "sum16-be": { width: 2, order: "big", compute: (bytes, from, to) => sum(bytes, from, to) & 0xffff },
  "sum16-le": { width: 2, order: "little", compute: (bytes, from, to) => sum(bytes, from, to) & 0xffff },
  "crc8-31": { width: 1, order: "big", compute: (bytes, from, to) => fold(bytes, from, to, 0xff, crc8Step) },
  "crc16-modbus": {
    width: 2,
    order: "little",
    compute: (bytes, from, to) => fold(bytes, from, to, 0xffff, modbusStep),
  },
  "crc16-arc": { width: 2, order: "little", compute: (bytes, from, to) => crc16Arc(bytes, from, to) },
  "crc16-ccitt": { width: 2, order: "big", compute: (bytes, from, to) => fold(bytes, from, to, 0xffff, ccittStep) },
};

/** The check as the frame carries it at `at`. */
export function readChecksum(bytes: Uint8Array, at: number, { width, order }: ChecksumKind): number {
  const first = bytes[at] ?? 0;
  if (width === 1) return first;
  const second = bytes[at + 1] ?? 0;
  return order === "big" ? first * 256 + second : second * 256 + first;
}

function sum(bytes: Uint8Array, from: number, to: number): number {
  return fold(bytes, from, to, 0, (total, byte) => total + byte);
}

function fold(
  bytes: Uint8Array,
  from: number,
  to: number,
  start: number,
  step: (state: number, byte: number) => number,
): number {
  let state = start;
  for (let i = from; i < to; i++) state = step(state, bytes[i] ?? 0);
  return state;
}

function crc8Step(state: number, byte: number): number {
  let crc = state ^ byte;
  for (let bit = 0; bit < 8; bit++) crc = (crc & 0x80) === 0 ? crc << 1 : (crc << 1) ^ 0x31;
  return crc & 0xff;
}

function modbusStep(state: number, byte: number): number {
  let crc = state ^ byte;
  for (let bit = 0; bit < 8; bit++) crc = (crc & 1) === 1 ? (crc >>> 1) ^ 0xa001 : crc >>> 1;
  return crc;
}

function ccittStep(state: number, byte: number): number {
  let crc = state ^ (byte << 8);
  for (let bit = 0; bit < 8; bit++) crc = (crc & 0x8000) === 0 ? crc << 1 : (crc << 1) ^ 0x1021;
  return crc & 0xffff;
}
