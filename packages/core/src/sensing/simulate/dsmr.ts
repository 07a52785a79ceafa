import { HOUR_MS, type Instant } from "../../shared/index.ts";
import { crc16Arc } from "../framing/crc16-arc.ts";
import { asciiBytes } from "./ascii.ts";

/** What a Dutch DSMR 5 meter with a gas meter shows in one telegram. */
export interface DsmrSample {
  readonly at: Instant;
  readonly importLowKwh: number;
  readonly importNormalKwh: number;
  readonly exportLowKwh: number;
  readonly exportNormalKwh: number;
  readonly powerImportW: number;
  readonly powerExportW: number;
  readonly voltageV: number;
  readonly gasM3: number;
  /** When the gas meter took its value; every five minutes in DSMR 5. */
  readonly gasAt: Instant;
  /** Printed as hexadecimal ASCII. */
  readonly equipmentId?: string;
}

/**
 * Writes one telegram with a right CRC; times are printed as winter time, which is the same instant all year round.
 *
 * Source: Netbeheer Nederland, P1 Companion Standard 5.0.2.
 */
export function writeDsmrTelegram(sample: DsmrSample): Uint8Array {
  const tariff = 2;
  return writeTelegram("ECO5\\SIMULATED-METER", [
    "1-3:0.2.8(50)",
    `0-0:1.0.0(${writeTimestamp(sample.at)})`,
    `0-0:96.1.1(${hexAscii(sample.equipmentId ?? "E0099000000000001")})`,
    `1-0:1.8.1(${fixed(sample.importLowKwh, 6, 3)}*kWh)`,
    `1-0:1.8.2(${fixed(sample.importNormalKwh, 6, 3)}*kWh)`,
    `1-0:2.8.1(${fixed(sample.exportLowKwh, 6, 3)}*kWh)`,
    `1-0:2.8.2(${fixed(sample.exportNormalKwh, 6, 3)}*kWh)`,
    `0-0:96.14.0(${String(tariff).padStart(4, "0")})`,
    `1-0:1.7.0(${fixed(sample.powerImportW / 1000, 2, 3)}*kW)`,
    `1-0:2.7.0(${fixed(sample.powerExportW / 1000, 2, 3)}*kW)`,
    "0-0:96.13.0()",
    `1-0:32.7.0(${fixed(sample.voltageV, 3, 1)}*V)`,
    "0-1:24.1.0(003)",
    `0-1:96.1.0(${hexAscii("G0099000000000001")})`,
    `0-1:24.2.1(${writeTimestamp(sample.gasAt)})(${fixed(sample.gasM3, 5, 3)}*m3)`,
  ]);
}

/** Writes any telegram: identification and lines in, bytes with CRC out (`crc: false` for DSMR 2.2 and 3). */
export function writeTelegram(
  identification: string,
  lines: readonly string[],
  { crc = true }: { readonly crc?: boolean } = {},
): Uint8Array {
  const body = `/${identification}\r\n\r\n${lines.map((line) => `${line}\r\n`).join("")}!`;
  const sum = crc16Arc(asciiBytes(body)).toString(16).toUpperCase().padStart(4, "0");
  return asciiBytes(`${body}${crc ? sum : ""}\r\n`);
}

/** Prints an instant as a meter does in winter time (UTC+1). */
export function writeTimestamp(at: Instant): string {
  const digits = new Date(at + HOUR_MS).toISOString().replace(/\D/g, "");
  return `${digits.slice(2, 14)}W`;
}

function hexAscii(text: string): string {
  return Array.from(text, (character) => character.charCodeAt(0).toString(16).padStart(2, "0").toUpperCase()).join("");
}

function fixed(value: number, whole: number, decimals: number): string {
  return value.toFixed(decimals).padStart(whole + 1 + decimals, "0");
}
