import { HOUR_MS, type Instant, type Random } from "../../shared/index.ts";
import { hourOf } from "./air.ts";

/** What the meter of a pretended home with a solar roof has counted. */
export interface Home {
  readonly importKwh: number;
  readonly exportKwh: number;
  /** Drawn when positive, fed in when negative; whole watts. */
  readonly netW: number;
  readonly solarW: number;
}

/** A home with a base load and sun by day; counters grow with the times it is asked for, in order. */
export function createHome(random: Random): (at: Instant) => Home {
  let lastAt: Instant | null = null;
  let importKwh = 1234.567;
  let exportKwh = 89.012;
  return (at) => {
    const hours = lastAt === null ? 0 : Math.max(0, at - lastAt) / HOUR_MS;
    lastAt = at;
    const solarW = Math.max(0, Math.sin(((hourOf(at) - 6) / 12) * Math.PI)) * 2500;
    const netW = Math.round(350 + random() * 150 - solarW);
    importKwh += (Math.max(0, netW) / 1000) * hours;
    exportKwh += (Math.max(0, -netW) / 1000) * hours;
    return { importKwh, exportKwh, netW, solarW: Math.round(solarW) };
  };
}
