import { asciiBytes } from "./ascii.ts";

/** What an airRohr node with SDS011 and BME280 shows in one row. */
export interface AirrohrSample {
  readonly millisSinceBoot: number;
  readonly pm25UgM3: number;
  readonly pm10UgM3: number;
  readonly temperatureCelsius: number;
  readonly humidityPercent: number;
  readonly pressureHpa: number;
  readonly samples: number;
}

/** The header that a node prints once after boot. Source: airrohr-firmware.ino, send_csv(). */
export const AIRROHR_HEADER =
  "Timestamp_ms;SDS_P1;SDS_P2;BME280_temperature;BME280_pressure;BME280_humidity;samples;min_micro;max_micro;interval;signal";

export function writeAirrohrHeader(): Uint8Array {
  return asciiBytes(`${AIRROHR_HEADER}\r\n`);
}

/** Writes one row; P1 is PM10, P2 is PM2.5, the pressure goes out in Pa. */
export function writeAirrohrRow(sample: AirrohrSample): Uint8Array {
  const cells = [
    Math.round(sample.millisSinceBoot),
    sample.pm10UgM3.toFixed(2),
    sample.pm25UgM3.toFixed(2),
    sample.temperatureCelsius.toFixed(2),
    (sample.pressureHpa * 100).toFixed(2),
    sample.humidityPercent.toFixed(2),
    Math.round(sample.samples),
    28,
    20_345,
    145_000,
    -61,
  ];
  return asciiBytes(`${cells.join(";")}\r\n`);
}
