import type { Quantity } from "../../../shared/index.ts";
import { unitCode } from "../../unit.ts";

/** One value that a device announced: where it comes and what it means. */
export interface Announcement {
  readonly stateTopic: string;
  /** Path into the JSON payload; empty when the payload is the value itself. */
  readonly path: string;
  readonly quantity: Quantity;
  /** UCUM code, or as announced. */
  readonly unit: string;
  /** What tells this value from others of the same quantity. */
  readonly channel: string;
  /** Name for people. */
  readonly name: string;
}

/** Device classes of sensors with the quantity each is. Source: home-assistant.io, Sensor device classes, 2025. */
const DEVICE_CLASSES: Readonly<Record<string, Quantity>> = {
  pm1: "pm1",
  pm25: "pm25",
  pm4: "pm4",
  pm10: "pm10",
  carbon_dioxide: "co2",
  carbon_monoxide: "co",
  nitrogen_dioxide: "no2",
  ozone: "o3",
  sulphur_dioxide: "so2",
  temperature: "temperature",
  humidity: "humidity",
  atmospheric_pressure: "pressure",
  pressure: "pressure",
  illuminance: "illuminance",
  irradiance: "irradiance",
  sound_pressure: "sound_level",
  moisture: "soil_moisture",
  wind_speed: "wind_speed",
  wind_direction: "wind_direction",
  precipitation: "rain",
  precipitation_intensity: "rain_rate",
  energy: "energy_import",
  power: "power",
  reactive_power: "reactive_power",
  apparent_power: "apparent_power",
  power_factor: "power_factor",
  voltage: "voltage",
  current: "current",
  frequency: "frequency",
  battery: "battery_charge",
  gas: "gas_volume",
  water: "water_volume",
  conductivity: "conductivity",
  ph: "ph",
};

/** Short names that announcements may use to save bytes. Source: home-assistant.io, MQTT discovery, abbreviations. */
const SHORT: Readonly<Record<string, string>> = {
  stat_t: "state_topic",
  unit_of_meas: "unit_of_measurement",
  dev_cla: "device_class",
  val_tpl: "value_template",
  uniq_id: "unique_id",
  obj_id: "object_id",
  cmps: "components",
  p: "platform",
};

const CONFIG_TOPIC = /^[^/]+\/(sensor|device)\/(?:[^/]+\/)?([^/]+)\/config$/;
/**
 * The templates that are read, never executed: a value, or a path into it, with filters that only round or convert.
 * `{{ value_json.bme.temperature | float | round(1) }}`, `{{ value_json['pm2.5'] }}`, `{{ value }}`.
 */
const TEMPLATE =
  /^\{\{-?\s*(value_json((?:\.\w+|\[(?:'[^']+'|"[^"]+"|\d+)\])+)|value)\s*((?:\|\s*\w+(?:\([\d., ]*\))?\s*)*)-?\}\}$/;
const STEP = /\.(\w+)|\['([^']+)'\]|\["([^"]+)"\]|\[(\d+)\]/g;
const HARMLESS_FILTERS = /^(?:float|int|round|default|is_defined)$/;
const MAX_COMPONENTS = 200;

/** Tells whether a topic carries announcements of this kind. */
export function isAnnouncementTopic(topic: string): boolean {
  return CONFIG_TOPIC.test(topic);
}

/**
 * Reads what a device announces on `homeassistant/sensor/…/config` or `homeassistant/device/…/config`.
 *
 * Values without a known device class, with a template that would have to be executed, or of binary kind are left out.
 */
export function readAnnouncements(topic: string, payload: unknown): Announcement[] {
  const [, kind, objectId = ""] = CONFIG_TOPIC.exec(topic) ?? [];
  const config = expand(payload);
  if (kind === undefined || config === null) return [];
  if (kind === "sensor") return announce(config, objectId, text(config["~"]));
  const components = expand(config["components"]) ?? {};
  return Object.entries(components)
    .slice(0, MAX_COMPONENTS)
    .flatMap(([id, entry]) => {
      const component = expand(entry);
      if (component === null || component["platform"] !== "sensor") return [];
      return announce({ state_topic: config["state_topic"], ...component }, id, text(config["~"]));
    });
}

function announce(config: Record<string, unknown>, objectId: string, base: string): Announcement[] {
  const quantity = DEVICE_CLASSES[text(config["device_class"])];
  const stateTopic = text(config["state_topic"]).replace(/^~|~$/g, base);
  const template = config["value_template"];
  const path = template === undefined ? "" : templatePath(text(template));
  if (quantity === undefined || stateTopic === "" || path === null) return [];
  const channel = text(config["unique_id"]) || text(config["object_id"]) || objectId;
  const unit = unitCode(text(config["unit_of_measurement"]));
  return [{ stateTopic, path, quantity, unit, channel: channel.slice(0, 60), name: text(config["name"]) || channel }];
}

/** The path that a template reads; `null` when it does more than that. */
export function templatePath(template: string): string | null {
  const [found, , steps = "", filters = ""] = TEMPLATE.exec(template.trim()) ?? [];
  if (found === undefined) return null;
  const names = filters.split("|").map((filter) => filter.trim().replace(/\(.*$/, ""));
  if (!names.every((name) => name === "" || HARMLESS_FILTERS.test(name))) return null;
  return [...steps.matchAll(STEP)].map(([, ...parts]) => parts.find((part) => part !== undefined) ?? "").join(".");
}

function expand(value: unknown): Record<string, unknown> | null {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [SHORT[key] ?? key, entry]));
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
