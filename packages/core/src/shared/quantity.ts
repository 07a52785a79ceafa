/**
 * The quantities EcoLocal knows, each with its canonical UCUM unit, plausible range and display precision.
 *
 * Source: shared facts "sensors.md" §5.1 (Home Assistant device classes, UCUM codes, plausible ranges).
 */
export interface QuantitySpec {
  /** UCUM code in which values of this quantity are stored. */
  readonly unit: string;
  /** How the unit is shown to people. */
  readonly symbol: string;
  /** Values outside are flagged `out_of_range`. */
  readonly plausible: readonly [min: number, max: number];
  /** Decimals kept in storage: values are integers of 10^-decimals. */
  readonly decimals: number;
  /** How values combine over time. */
  readonly kind: "gauge" | "counter" | "sum" | "direction";
}

const spec = (
  unit: string,
  symbol: string,
  plausible: readonly [number, number],
  decimals: number,
  kind: QuantitySpec["kind"] = "gauge",
): QuantitySpec => ({ unit, symbol, plausible, decimals, kind });

export const QUANTITIES = {
  pm1: spec("ug/m3", "µg/m³", [0, 1000], 1),
  pm25: spec("ug/m3", "µg/m³", [0, 1000], 1),
  pm4: spec("ug/m3", "µg/m³", [0, 1000], 1),
  pm10: spec("ug/m3", "µg/m³", [0, 2000], 1),
  particle_count: spec("1/cm3", "#/cm³", [0, 100_000], 2),
  typical_size: spec("um", "µm", [0, 20], 3),
  co2: spec("[ppm]", "ppm", [300, 10_000], 0),
  no2: spec("ug/m3", "µg/m³", [0, 1000], 1),
  o3: spec("ug/m3", "µg/m³", [0, 600], 1),
  so2: spec("ug/m3", "µg/m³", [0, 2000], 1),
  co: spec("[ppm]", "ppm", [0, 1000], 2),
  hcho: spec("mg/m3", "mg/m³", [0, 10], 3),
  voc_index: spec("1", "", [0, 500], 0),
  nox_index: spec("1", "", [0, 500], 0),
  temperature: spec("Cel", "°C", [-40, 85], 2),
  humidity: spec("%", "%", [0, 100], 2),
  pressure: spec("hPa", "hPa", [300, 1100], 2),
  dew_point: spec("Cel", "°C", [-60, 60], 2),
  illuminance: spec("lx", "lx", [0, 200_000], 1),
  uv_index: spec("1", "", [0, 20], 1),
  irradiance: spec("W/m2", "W/m²", [0, 1500], 1),
  sound_level: spec("dB[SPL]", "dB(A)", [20, 140], 1),
  soil_moisture: spec("%", "%", [0, 100], 1),
  soil_temperature: spec("Cel", "°C", [-20, 60], 2),
  water_temperature: spec("Cel", "°C", [-5, 60], 2),
  wind_speed: spec("m/s", "m/s", [0, 75], 2),
  wind_direction: spec("deg", "°", [0, 360], 0, "direction"),
  rain: spec("mm", "mm", [0, 500], 2, "sum"),
  rain_rate: spec("mm/h", "mm/h", [0, 500], 2),
  energy_import: spec("kW.h", "kWh", [0, 1e9], 3, "counter"),
  energy_export: spec("kW.h", "kWh", [0, 1e9], 3, "counter"),
  power: spec("W", "W", [-100_000, 100_000], 1),
  reactive_power: spec("var", "var", [-100_000, 100_000], 1),
  apparent_power: spec("V.A", "VA", [-100_000, 100_000], 1),
  power_factor: spec("1", "", [-1, 1], 3),
  voltage: spec("V", "V", [0, 500], 2),
  current: spec("A", "A", [-200, 200], 3),
  frequency: spec("Hz", "Hz", [45, 65], 3),
  battery_charge: spec("%", "%", [0, 100], 1),
  battery_voltage: spec("V", "V", [0, 100], 3),
  gas_volume: spec("m3", "m³", [0, 1e9], 3, "counter"),
  water_volume: spec("m3", "m³", [0, 1e9], 3, "counter"),
  heat_energy: spec("kW.h", "kWh", [0, 1e9], 3, "counter"),
  conductivity: spec("uS/cm", "µS/cm", [0, 100_000], 0),
  ph: spec("[pH]", "pH", [0, 14], 2),
  turbidity: spec("{NTU}", "NTU", [0, 4000], 1),
  radon: spec("Bq/m3", "Bq/m³", [0, 20_000], 0),
  radiation_count: spec("/min", "cpm", [0, 1e6], 0),
  latitude: spec("deg", "°", [-90, 90], 6),
  longitude: spec("deg", "°", [-180, 180], 6),
  altitude: spec("m", "m", [-500, 9000], 1),
  count: spec("1", "", [0, 1e9], 0),
  /** A number whose meaning nobody has told us yet; kept raw, never judged. */
  unknown: spec("1", "", [-1e15, 1e15], 6),
} as const satisfies Record<string, QuantitySpec>;

export type Quantity = keyof typeof QUANTITIES;

export function isQuantity(value: string): value is Quantity {
  return Object.hasOwn(QUANTITIES, value);
}

export function quantitySpec(quantity: Quantity): QuantitySpec {
  return QUANTITIES[quantity];
}
