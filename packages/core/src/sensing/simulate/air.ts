import { HOUR_MS, type Instant, type Random } from "../../shared/index.ts";

/** What the air around a pretended device is like. */
export interface Air {
  readonly pm25UgM3: number;
  readonly pm10UgM3: number;
  readonly temperatureCelsius: number;
  readonly humidityPercent: number;
  readonly pressureHpa: number;
  readonly co2Ppm: number;
}

/** Air with a daily course and some noise: dusty mornings and evenings, warm afternoons. */
export function createAir(random: Random): (at: Instant) => Air {
  return (at) => {
    const hour = hourOf(at);
    const rush = Math.exp(-((hour - 8) ** 2) / 4) + Math.exp(-((hour - 19) ** 2) / 6);
    const warmth = Math.sin(((hour - 9) / 24) * 2 * Math.PI);
    const pm25UgM3 = 6 + 22 * rush + random() * 3;
    return {
      pm25UgM3: round(pm25UgM3, 1),
      pm10UgM3: round(pm25UgM3 * 1.6 + random() * 4, 1),
      temperatureCelsius: 18 + 4 * warmth + random() * 0.3,
      humidityPercent: 55 - 10 * warmth + random(),
      pressureHpa: 1013 + Math.sin(at / (40 * HOUR_MS)) * 8,
      co2Ppm: Math.round(480 + 500 * rush + random() * 20),
    };
  };
}

/** Hour of the UTC day, with fraction. */
export function hourOf(at: Instant): number {
  return (at / HOUR_MS) % 24;
}

/** Rounds to a number of decimals. */
export function round(value: number, decimals: number): number {
  return Number(value.toFixed(decimals));
}
