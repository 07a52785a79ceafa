import { type Instant, MINUTE_MS } from "../../shared/index.ts";
import { createAir, round } from "./air.ts";
import { writeAirrohrHeader, writeAirrohrRow } from "./airrohr.ts";
import { type DeviceSimulator, NOTHING, type SimulatorOptions } from "./device-simulator.ts";
import { writeDsmrTelegram } from "./dsmr.ts";
import { createHome } from "./home.ts";
import { simulateIec62056 } from "./iec62056.ts";
import { writeTextLine } from "./lines.ts";
import { simulateMhz19 } from "./mhz19.ts";
import { simulateModbusMeter, simulateScd30, simulateSenseair } from "./modbus.ts";
import { simulateMqtt } from "./mqtt.ts";
import { simulateNmea } from "./nmea.ts";
import { simulatePms } from "./pms.ts";
import { simulateRtl433 } from "./rtl433.ts";
import { simulateSds011 } from "./sds011.ts";
import { simulateSml } from "./sml.ts";
import { simulateSps30 } from "./sps30.ts";
import { simulateVeDirect } from "./vedirect.ts";

const SIMULATORS: Readonly<Record<string, (options: SimulatorOptions) => DeviceSimulator>> = {
  sds011: simulateSds011,
  airrohr: simulateAirrohr,
  lines: simulateLines,
  dsmr: simulateDsmr,
  mqtt: simulateMqtt,
  pms: simulatePms,
  sml: simulateSml,
  "modbus-meter": simulateModbusMeter,
  senseair: simulateSenseair,
  scd30: simulateScd30,
  vedirect: simulateVeDirect,
  sps30: simulateSps30,
  mhz19: simulateMhz19,
  iec62056: simulateIec62056,
  nmea: simulateNmea,
  rtl433: simulateRtl433,
};

/** Creates a pretended device for a driver; `undefined` when that driver has none. */
export function createDeviceSimulator(driverId: string, options: SimulatorOptions): DeviceSimulator | undefined {
  return Object.hasOwn(SIMULATORS, driverId) ? SIMULATORS[driverId]?.(options) : undefined;
}

/** Ids of the drivers that can be pretended. */
export function simulatedDrivers(): string[] {
  return Object.keys(SIMULATORS);
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
  const home = createHome(random);
  return {
    boot: () => NOTHING,
    frame(at) {
      const { importKwh, exportKwh, netW } = home(at);
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
