import { asciiBytes } from "./ascii.ts";
import { type DeviceSimulator, NOTHING, type SimulatorOptions } from "./device-simulator.ts";

/** Writes a sentence: what stands between `$` and `*`, with its checksum. Source: NMEA 0183 v4.11, §5.3. */
export function writeSentence(body: string): Uint8Array {
  const sum = asciiBytes(body).reduce((check, byte) => check ^ byte, 0);
  return asciiBytes(`$${body}*${sum.toString(16).toUpperCase().padStart(2, "0")}\r\n`);
}

/** Writes degrees as `ddmm.mmmm` with so many digits before the minutes. */
export function writeDegrees(degrees: number, width: number): string {
  const whole = Math.floor(Math.abs(degrees));
  return `${String(whole).padStart(width, "0")}${((Math.abs(degrees) - whole) * 60).toFixed(4).padStart(7, "0")}`;
}

export function simulateNmea({ random }: SimulatorOptions): DeviceSimulator {
  return {
    boot: () => NOTHING,
    frame(at) {
      const digits = new Date(at).toISOString().replace(/\D/g, "");
      const clock = `${digits.slice(8, 14)}.00`;
      const date = `${digits.slice(6, 8)}${digits.slice(4, 6)}${digits.slice(2, 4)}`;
      const latitude = `${writeDegrees(52.3 + random() / 10_000, 2)},N`;
      const longitude = `${writeDegrees(4.9 + random() / 10_000, 3)},E`;
      return writeSentence(`GPRMC,${clock},A,${latitude},${longitude},0.05,,${date},,,A`);
    },
  };
}
