import type { Quantity } from "../../../shared/index.ts";

/** What a key of rtl_433 means. */
export interface KeyMeaning {
  readonly quantity: Quantity;
  /** Unit of the number, as `convertToCanonical` knows it. */
  readonly unit: string;
  /** Tells several of one quantity apart. */
  readonly channel?: string;
  /** The number counts up for ever; what has been added since the last message is the reading. */
  readonly total?: boolean;
}

const key = (quantity: Quantity, unit: string, channel?: string): KeyMeaning => ({
  quantity,
  unit,
  ...(channel === undefined ? {} : { channel }),
});

/**
 * Keys that are readings. What is not here stays in `raw`: battery, flags, counters, tyre pressure.
 *
 * Source: rtl_433, docs/DATA_FORMAT.md ("Common device data", units in the key's suffix).
 */
const KEYS: ReadonlyMap<string, KeyMeaning> = new Map([
  ["temperature_C", key("temperature", "Cel")],
  ["temperature_F", key("temperature", "degF")],
  ["humidity", key("humidity", "%")],
  ["pressure_hPa", key("pressure", "hPa")],
  ["wind_avg_m_s", key("wind_speed", "m/s")],
  ["wind_avg_km_h", key("wind_speed", "km/h")],
  ["wind_avg_mi_h", key("wind_speed", "mph")],
  ["wind_speed_m_s", key("wind_speed", "m/s")],
  ["wind_speed_km_h", key("wind_speed", "km/h")],
  ["wind_max_m_s", key("wind_speed", "m/s", "gust")],
  ["wind_max_km_h", key("wind_speed", "km/h", "gust")],
  ["wind_max_mi_h", key("wind_speed", "mph", "gust")],
  ["wind_dir_deg", key("wind_direction", "deg")],
  ["rain_mm", { ...key("rain", "mm"), total: true }],
  ["rain_in", { ...key("rain", "in"), total: true }],
  ["rain_rate_mm_h", key("rain_rate", "mm/h")],
  ["rain_rate_in_h", key("rain_rate", "[in_i]/h")],
  ["light_lux", key("illuminance", "lx")],
  ["light_klx", key("illuminance", "klx")],
  ["uvi", key("uv_index", "1")],
  ["moisture", key("soil_moisture", "%")],
  ["co2_ppm", key("co2", "ppm")],
  ["pm1_ug_m3", key("pm1", "ug/m3")],
  ["pm2_5_ug_m3", key("pm25", "ug/m3")],
  ["pm4_ug_m3", key("pm4", "ug/m3")],
  ["pm10_ug_m3", key("pm10", "ug/m3")],
  ["pm10_0_ug_m3", key("pm10", "ug/m3")],
  ["power_W", key("power", "W")],
  ["power_kW", key("power", "kW")],
  ["current_A", key("current", "A")],
  ["voltage_V", key("voltage", "V")],
  ["energy_kWh", key("energy_import", "kWh")],
]);
/** A second probe of the same kind: `temperature_2_C`, `humidity_2`, `power2_W`. */
const NUMBERED = /^([a-z]+)_?(\d{1,2})(_[A-Za-z]+)?$/;

/** What a key means; `undefined` for what makes no reading. */
export function keyMeaning(name: string): KeyMeaning | undefined {
  const exact = KEYS.get(name);
  if (exact !== undefined) return exact;
  const [, base = "", number = "", unit = ""] = NUMBERED.exec(name) ?? [];
  const numbered = KEYS.get(base + unit);
  return numbered === undefined ? undefined : { ...numbered, channel: number };
}

/** Keys that tell how a message was received, not what it says; repeats differ in them. */
const RECEPTION: ReadonlySet<string> = new Set([
  ...[
    "time",
    "data",
    "codes",
    "mic",
    "mod",
    "freq",
    "freq1",
    "freq2",
    "rssi",
    "snr",
    "noise",
    "protocol",
    "sequence_num",
  ],
]);

export function isReceptionKey(name: string): boolean {
  return RECEPTION.has(name);
}

const NOT_WEATHER_TYPE = /^TPMS$/i;
const NOT_WEATHER_MODEL =
  /tpms|tire|tyre|doorbell|chime|\bdoor\b|window|contact|remote|security|alarm|smoke|motion|pir\b/i;

/** Tyres, doorbells and alarms send temperatures and states that say nothing about the air. */
export function isEnvironmental(model: string, type: string): boolean {
  return !NOT_WEATHER_TYPE.test(type) && !NOT_WEATHER_MODEL.test(model);
}
