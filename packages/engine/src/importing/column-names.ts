import { isKnownUnit } from "@ecolocal/core/sensing";
import { isQuantity, type Quantity } from "@ecolocal/core/shared";

/** What a column is called, taken apart: `BME280_temperature (°C)` is `temperature` of `BME280` in `°C`. */
export interface NamedColumn {
  readonly quantity: Quantity;
  /** What stands before the quantity, as the channel's key. */
  readonly key: string;
  /** Unit in the name; undefined leaves the customary one. */
  readonly unit: string | undefined;
}

/** Names under which devices and services write a quantity, tidied: lower case, letters and digits only. */
const QUANTITY_NAMES: Readonly<Record<string, Quantity>> = {
  pm1: "pm1",
  pm01: "pm1",
  pm25: "pm25",
  pm2p5: "pm25",
  sdsp2: "pm25",
  pm4: "pm4",
  pm10: "pm10",
  sdsp1: "pm10",
  co2: "co2",
  carbondioxide: "co2",
  no2: "no2",
  o3: "o3",
  ozone: "o3",
  so2: "so2",
  hcho: "hcho",
  vocindex: "voc_index",
  noxindex: "nox_index",
  temperature: "temperature",
  temperatur: "temperature",
  temp: "temperature",
  humidity: "humidity",
  luftfeuchte: "humidity",
  rh: "humidity",
  pressure: "pressure",
  luftdruck: "pressure",
  dewpoint: "dew_point",
  illuminance: "illuminance",
  lux: "illuminance",
  uvindex: "uv_index",
  irradiance: "irradiance",
  soundlevel: "sound_level",
  noise: "sound_level",
  soilmoisture: "soil_moisture",
  soiltemperature: "soil_temperature",
  watertemperature: "water_temperature",
  windspeed: "wind_speed",
  winddirection: "wind_direction",
  rain: "rain",
  power: "power",
  leistung: "power",
  energyimport: "energy_import",
  energyexport: "energy_export",
  voltage: "voltage",
  current: "current",
  frequency: "frequency",
  radon: "radon",
};

const TIME_NAMES: ReadonlySet<string> = new Set([
  "timestamputc",
  "timestamp",
  "time",
  "timeutc",
  "datetime",
  "datetimeutc",
  "date",
  "createdat",
  "recordedat",
  "at",
  "ts",
  "zeit",
  "zeitstempel",
  "datum",
]);

const tidy = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, "");

/** Tells whether a column holds the time; `utc` says that its name fixes the zone. */
export function timeColumn(name: string): { readonly utc: boolean } | undefined {
  const tidied = tidy(name);
  return TIME_NAMES.has(tidied) ? { utc: tidied.includes("utc") } : undefined;
}

/** Reads a quantity out of a column's name; undefined when the name does not say one without doubt. */
export function nameColumn(name: string): NamedColumn | undefined {
  const { base, unit } = splitUnit(name.trim());
  const whole = quantityOf(base);
  if (whole) return { quantity: whole, key: "", unit };
  const parts = base.split(/[_\s./-]+/).filter((part) => part !== "");
  for (let cut = 1; cut < parts.length; cut++) {
    const quantity = quantityOf(parts.slice(cut).join("_"));
    if (quantity) return { quantity, key: parts.slice(0, cut).join("_").slice(0, 60), unit };
  }
  return undefined;
}

function quantityOf(name: string): Quantity | undefined {
  const lower = name.toLowerCase();
  if (isQuantity(lower) && lower !== "unknown" && lower !== "count") return lower;
  return QUANTITY_NAMES[tidy(name)];
}

/** `CO2 (ppm)`, `CO2 [ppm]`, `CO2 in ppm`, `temperature °C`, `temperature_c`. */
function splitUnit(name: string): { readonly base: string; readonly unit: string | undefined } {
  const match =
    /^(.+?)\s*[([]\s*([^)\]]+?)\s*[)\]]$/.exec(name) ??
    /^(.+?)\s+(?:in\s+)?(\S+)$/.exec(name) ??
    /^(.+)_(\w+)$/.exec(name);
  const [, base, unit] = match ?? [];
  if (base === undefined || unit === undefined) return { base: name, unit: undefined };
  const spelled = ["c", "f"].includes(unit) ? unit.toUpperCase() : unit;
  return isKnownUnit(spelled) && quantityOf(base.split(/[_\s]/).at(-1) ?? "")
    ? { base, unit: spelled }
    : { base: name, unit: undefined };
}
