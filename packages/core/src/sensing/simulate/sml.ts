import { HOUR_MS, type Instant } from "../../shared/index.ts";
import { crc16Kermit, crc16X25 } from "../framing/crc16-ccitt.ts";
import { asciiBytes } from "./ascii.ts";
import { type DeviceSimulator, NOTHING, type SimulatorOptions } from "./device-simulator.ts";
import { createHome } from "./home.ts";

/** One value of a list: OBIS code in six bytes as hexadecimal, then what it says. */
export interface SmlSampleEntry {
  readonly obis: string;
  /** A number, or an octet string. */
  readonly value: number | Uint8Array;
  /** Bytes of the number on the wire, 1 to 8; 4 by default. */
  readonly width?: number;
  readonly unitCode?: number;
  readonly scaler?: number;
  /** Seconds index; written with its choice tag unless `untaggedTime`. */
  readonly seconds?: number;
  readonly untaggedTime?: boolean;
}

export interface SmlSample {
  /** Hexadecimal digits. */
  readonly serverId: string;
  readonly entries: readonly SmlSampleEntry[];
  readonly crc?: "x25" | "kermit";
}

/**
 * Writes one SML file: open, one list of values, close, with both checksums.
 *
 * Source: BSI TR-03109-1, Anlage IV, SML 1.04, §5 (messages), §6 (encoding), §8 (transport).
 */
export function writeSmlFile({ serverId, entries, crc = "x25" }: SmlSample): Uint8Array {
  const server = octets(hexBytes(serverId));
  const open = message(0x0101, list(ABSENT, ABSENT, octets(asciiBytes("eco")), server, ABSENT, ABSENT));
  const values = list(...entries.map(writeEntry));
  const listing = message(0x0701, list(ABSENT, server, ABSENT, ABSENT, values, ABSENT, ABSENT));
  const close = message(0x0201, list(ABSENT));
  return wrap([...open, ...listing, ...close], crc);
}

/** Wraps messages for the wire: escapes, padding, checksum. */
function wrap(messages: readonly number[], crc: "x25" | "kermit"): Uint8Array {
  const padding = (4 - (messages.length % 4)) % 4;
  const body = doubleEscapes([...messages, ...Array.from({ length: padding }, () => 0)]);
  const start = [0x1b, 0x1b, 0x1b, 0x1b, 1, 1, 1, 1];
  const bytes = Uint8Array.from([...start, ...body, 0x1b, 0x1b, 0x1b, 0x1b, 0x1a, padding, 0, 0]);
  const sum = (crc === "x25" ? crc16X25 : crc16Kermit)(bytes, 0, bytes.length - 2);
  new DataView(bytes.buffer).setUint16(bytes.length - 2, sum, crc === "x25");
  return bytes;
}

const ABSENT: readonly number[] = [0x01];

function doubleEscapes(bytes: readonly number[]): number[] {
  const out: number[] = [];
  for (let at = 0; at < bytes.length; at++) {
    const isEscape = [0, 1, 2, 3].every((i) => bytes[at + i] === 0x1b);
    if (isEscape) out.push(...Array.from({ length: 8 }, () => 0x1b));
    else out.push(bytes[at] ?? 0);
    at += isEscape ? 3 : 0;
  }
  return out;
}

function message(tag: number, body: readonly number[]): number[] {
  const head = [0x76, ...octets(asciiBytes("eco1")), 0x62, 0, 0x62, 0, 0x72, ...number(tag, 2, false), ...body];
  const sum = crc16X25(Uint8Array.from(head));
  return [...head, 0x63, sum & 0xff, sum >> 8, 0];
}

function writeEntry({ obis, value, width = 4, unitCode, scaler, seconds, untaggedTime }: SmlSampleEntry): number[] {
  const at = seconds === undefined ? ABSENT : number(seconds, 4, false);
  return list(
    octets(hexBytes(obis)),
    ABSENT,
    seconds === undefined || untaggedTime === true ? at : list(number(1, 1, false), at),
    unitCode === undefined ? ABSENT : number(unitCode, 1, false),
    scaler === undefined ? ABSENT : number(scaler, 1, true),
    typeof value === "number" ? number(value, width, true) : octets(value),
    ABSENT,
  );
}

function list(...items: readonly (readonly number[])[]): number[] {
  return [...head(7, items.length, 0), ...items.flat()];
}

function octets(bytes: Uint8Array): number[] {
  return [...head(0, bytes.length, 1), ...bytes];
}

function number(value: number, width: number, signed: boolean): number[] {
  const bits = BigInt.asUintN(width * 8, BigInt(Math.round(value)));
  const bytes = Array.from({ length: width }, (_, i) => Number((bits >> BigInt((width - 1 - i) * 8)) & 0xffn));
  return [...head(signed ? 5 : 6, width, 1), ...bytes];
}

/** Type and length; more than 15 take a second byte, and all but lists count these bytes too. */
function head(type: number, length: number, own: 0 | 1): number[] {
  const total = length + own;
  if (total <= 15) return [(type << 4) | total];
  const long = length + own * 2;
  return [0x80 | (type << 4) | (long >> 4), long & 0x0f];
}

function hexBytes(text: string): Uint8Array {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

export function simulateSml({ random, identity = "0a0145434f0000bc614e" }: SimulatorOptions): DeviceSimulator {
  const home = createHome(random);
  return {
    boot: () => NOTHING,
    frame(at: Instant) {
      const { importKwh, exportKwh, netW } = home(at);
      return writeSmlFile({
        serverId: identity,
        entries: [
          { obis: "0100603201ff", value: asciiBytes("ECO") },
          {
            obis: "0100010800ff",
            value: importKwh * 10_000,
            width: 8,
            unitCode: 30,
            scaler: -1,
            seconds: at / HOUR_MS,
          },
          {
            obis: "0100020800ff",
            value: exportKwh * 10_000,
            width: 8,
            unitCode: 30,
            scaler: -1,
            seconds: at / HOUR_MS,
          },
          { obis: "0100100700ff", value: netW, unitCode: 27, scaler: 0 },
        ],
      });
    },
  };
}
