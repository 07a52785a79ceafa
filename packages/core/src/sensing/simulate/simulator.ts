import { HOUR_MS, type Instant, MINUTE_MS, type Random } from "../../shared/index.ts";
import { writeAirrohrHeader, writeAirrohrRow } from "./airrohr.ts";
import { writeDsmrTelegram } from "./dsmr.ts";
import { type LineStyle, writeTextLine } from "./lines.ts";
import { writeSds011Frame } from "./sds011.ts";

/** A pretended device: bytes as the real one sends them, the same for the same seed and times. */
export interface DeviceSimulator {
  /** What the device prints once after it is switched on; empty for most. */
  boot(): Uint8Array;
  /** The frame that the device sends at an instant; call it with times in order. */
  frame(at: Instant): Uint8Array;
}

export interface SimulatorOptions {
  readonly random: Random;
  /** Style of the text-line device. Default `json`. */
  readonly lineStyle?: LineStyle;
  /** Identity of devices that have one. */
  readonly identity?: string;
}

const NOTHING = new Uint8Array(0);

const SIMULATORS: Readonly<Record<string, (options: SimulatorOptions) => DeviceSimulator>> = {
  sds011: simulateSds011,
  airrohr: simulateAirrohr,
  lines: simulateLines,
  dsmr: simulateDsmr,
};

/** Creates a pretended device for a driver; `undefined` when that driver has none. */
export function createDeviceSimulator(driverId: string, options: SimulatorOptions): DeviceSimulator | undefined {
  return Object.hasOwn(SIMULATORS, driverId) ? SIMULATORS[driverId]?.(options) : undefined;
}

/** Ids of the drivers that can be pretended. */
export function simulatedDrivers(): string[] {
  return Object.keys(SIMULATORS);
}

function simulateSds011({ random, identity }: SimulatorOptions): DeviceSimulator {
  const air = createAir(random);
  return {
    boot: () => NOTHING,
    frame(at) {
      const { pm25UgM3, pm10UgM3 } = air(at);
      return writeSds011Frame({ pm25UgM3, pm10UgM3, ...(identity === undefined ? {} : { deviceId: identity }) });
    },
  };
}

function simulateAirrohr({ random }: SimulatorOptions): DeviceSimulator {
  const air = createAir(random);
  let bootedAt: Instant | null = null;
  return {
    boot: writeAirrohrHeader,
    frame(at) {
      bootedAt ??= at;
      const samples = 500_000 + Math.floor(random() * 50_000);
      return writeAirrohrRow({ ...air(at), millisSinceBoot: at - bootedAt, samples });
    },
  };
}

function simulateLines({ random, lineStyle = "json" }: SimulatorOptions): DeviceSimulator {
  const air = createAir(random);
  return {
    boot: () => NOTHING,
    frame(at) {
      const { temperatureCelsius, humidityPercent, co2Ppm } = air(at);
      return writeTextLine(lineStyle, {
        temp: round(temperatureCelsius, 1),
        rh: round(humidityPercent, 1),
        co2: co2Ppm,
      });
    },
  };
}

function simulateDsmr({ random, identity }: SimulatorOptions): DeviceSimulator {
  let lastAt: Instant | null = null;
  let importKwh = 1234.567;
  let exportKwh = 89.012;
  return {
    boot: () => NOTHING,
    frame(at) {
      const hours = lastAt === null ? 0 : Math.max(0, at - lastAt) / HOUR_MS;
      lastAt = at;
      const solarW = Math.max(0, Math.sin(((hourOf(at) - 6) / 12) * Math.PI)) * 2500;
      const netW = Math.round(350 + random() * 150 - solarW);
      importKwh += (Math.max(0, netW) / 1000) * hours;
      exportKwh += (Math.max(0, -netW) / 1000) * hours;
      return writeDsmrTelegram({
        at,
        importLowKwh: 2000.001,
        importNormalKwh: importKwh,
        exportLowKwh: 10.5,
        exportNormalKwh: exportKwh,
        powerImportW: Math.max(0, netW),
        powerExportW: Math.max(0, -netW),
        voltageV: 228 + random() * 4,
        gasM3: 543.21 + (Math.floor(at / (5 * MINUTE_MS)) % 1000) / 1000,
        gasAt: at - (at % (5 * MINUTE_MS)),
        ...(identity === undefined ? {} : { equipmentId: identity }),
      });
    },
  };
}

interface Air {
  readonly pm25UgM3: number;
  readonly pm10UgM3: number;
  readonly temperatureCelsius: number;
  readonly humidityPercent: number;
  readonly pressureHpa: number;
  readonly co2Ppm: number;
}

/** Air with a daily course and some noise: dusty mornings and evenings, warm afternoons. */
function createAir(random: Random): (at: Instant) => Air {
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

function hourOf(at: Instant): number {
  return (at / HOUR_MS) % 24;
}

function round(value: number, decimals: number): number {
  return Number(value.toFixed(decimals));
}
