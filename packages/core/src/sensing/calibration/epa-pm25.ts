import type { Quantity } from "../../shared/index.ts";

/**
 * US-wide correction of PurpleAir PM2.5 (Plantower, `cf_1`), in µg/m³ with relative humidity in % as the sensor in
 * the box reports it. Made for 24-hour means. May come out below zero.
 *
 * Source: Barkjohn, Gantt, Clements 2021, AMT 14:4617, doi 10.5194/amt-14-4617-2021, eq. 6.
 */
export function correctBarkjohn2021(pm25Cf1UgM3: number, humidityPercent: number): number {
  return 0.524 * pm25Cf1UgM3 - 0.0862 * humidityPercent + 5.75;
}

/**
 * Piecewise correction of AirNow's Fire and Smoke Map, of the "atmospheric" (`cf_atm`) PM2.5 in µg/m³; continuous at
 * every joint. May come out below zero.
 *
 * Source: EPA Science Inventory 353088 (2023), slide 26.
 */
export function correctFireAndSmoke2023(pm25AtmUgM3: number, humidityPercent: number): number {
  const x = pm25AtmUgM3;
  const damp = 0.0862 * humidityPercent;
  const smoke = 2.966 + 0.69 * x + 8.84e-4 * x * x;
  if (x < 30) return 0.524 * x - damp + 5.75;
  if (x < 50) {
    const k = x / 20 - 1.5;
    return (0.786 * k + 0.524 * (1 - k)) * x - damp + 5.75;
  }
  if (x < 210) return 0.786 * x - damp + 5.75;
  if (x < 260) {
    const k = x / 50 - 4.2;
    const slope = 0.69 * k + 0.786 * (1 - k);
    return slope * x - damp * (1 - k) + 2.966 * k + 5.75 * (1 - k) + 8.84e-4 * x * x * k;
  }
  return smoke;
}

/** Whether the EPA correction may be used for a channel, and in which form. */
export type EpaEligibility =
  | { readonly kind: "eligible"; readonly method: "epa-pm25-linear" | "epa-pm25-piecewise" }
  /** It was never tested with such a sensor: only with a label that says so. */
  | { readonly kind: "unvalidated"; readonly because: "not_plantower"; readonly reason: string }
  | {
      readonly kind: "refused";
      readonly because: "not_pm25" | "no_humidity" | "stuck_humidity";
      readonly reason: string;
    };

export interface EpaCandidate {
  readonly quantity: Quantity;
  readonly driverId: string;
  /** Channel key: a Plantower's `cf1` is the factory-material mass. */
  readonly channelKey: string;
  /** Humidity from the same box; `stuck` when it stays where it is. */
  readonly humidity: "good" | "stuck" | "missing";
}

/** Drivers whose dust sensor is a Plantower. */
const PLANTOWER_DRIVERS: ReadonlySet<string> = new Set(["pms"]);

/**
 * Decides whether the EPA correction fits a channel.
 *
 * It was made for Plantower sensors; an SDS011 or SPS30 measures otherwise. Humidity must come from the same box and
 * must move: outdoors a DHT22 stays at 99.9 % for days, which would subtract 8.6 µg/m³ from everything.
 */
export function epaEligibility({ quantity, driverId, channelKey, humidity }: EpaCandidate): EpaEligibility {
  if (quantity !== "pm25") {
    return { kind: "refused", because: "not_pm25", reason: "The EPA correction is for PM2.5 only." };
  }
  if (humidity === "missing") {
    const reason = "It needs the relative humidity from the same box, and there is none.";
    return { kind: "refused", because: "no_humidity", reason };
  }
  if (humidity === "stuck") {
    const reason = "The humidity sensor of this box is stuck; a correction by it would be wrong.";
    return { kind: "refused", because: "stuck_humidity", reason };
  }
  if (!PLANTOWER_DRIVERS.has(driverId)) {
    return {
      kind: "unvalidated",
      because: "not_plantower",
      reason: "It was made for Plantower sensors and never tested with this one; compare it with a reference instead.",
    };
  }
  return { kind: "eligible", method: channelKey === "cf1" ? "epa-pm25-linear" : "epa-pm25-piecewise" };
}
