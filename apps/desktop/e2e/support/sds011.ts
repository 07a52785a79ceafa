import type { SerialPair } from "./serial-pair.ts";

/**
 * One report of an SDS011 dust sensor, ten bytes, for concentrations in µg/m³.
 *
 * Source: Nova Fitness, Laser Dust Sensor Control Protocol V1.3.
 */
export function sds011Report(pm25UgM3: number, pm10UgM3: number): Uint8Array {
  const tenths = [pm25UgM3, pm10UgM3].map((value) => Math.round(value * 10));
  const data = [...tenths.flatMap((value) => [value & 0xff, value >> 8]), 0xa1, 0x60];
  const checksum = data.reduce((sum, byte) => (sum + byte) & 0xff, 0);
  return Uint8Array.from([0xaa, 0xc0, ...data, checksum, 0xab]);
}

/** Sends a report every second, as the sensor does, until the returned function is called. */
export function replayReports(pair: SerialPair, pm25UgM3: number, pm10UgM3: number): () => void {
  const send = (): void => void pair.write(sds011Report(pm25UgM3, pm10UgM3)).catch(() => undefined);
  send();
  const timer = setInterval(send, 1000);
  return () => clearInterval(timer);
}
