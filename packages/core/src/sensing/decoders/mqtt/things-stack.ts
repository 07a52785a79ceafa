import type { Quantity } from "../../../shared/index.ts";
import { type Field, parseNumber } from "../../framing/fields.ts";

/** One value of an uplink with the unit in which the network server normalises it. */
export interface UplinkValue {
  readonly quantity: Quantity;
  readonly value: number;
  readonly unit: string;
}

/** An uplink message of The Things Stack. */
export interface Uplink {
  readonly deviceId: string;
  /** When the network server received it, ISO 8601; `null` when it does not say. */
  readonly receivedAt: string | null;
  readonly values: readonly UplinkValue[];
}

/** `v3/{application}@{tenant}/devices/{device}/up` */
const UPLINK_TOPIC = /^v3\/[^/]+\/devices\/([^/]+)\/up$/;

/** Normalised payload names. Source: thethingsindustries.com, Payload formatters, normalized payload, v3.25. */
const NORMALISED: Readonly<Record<string, readonly [quantity: Quantity, unit: string]>> = {
  "air.temperature": ["temperature", "Cel"],
  "air.relativeHumidity": ["humidity", "%"],
  "air.pressure": ["pressure", "hPa"],
  "air.co2": ["co2", "[ppm]"],
  "air.lightIntensity": ["illuminance", "lx"],
  "wind.speed": ["wind_speed", "m/s"],
  "wind.direction": ["wind_direction", "deg"],
  "rain.intensity": ["rain_rate", "mm/h"],
  "soil.moisture": ["soil_moisture", "%"],
  "soil.temperature": ["soil_temperature", "Cel"],
  "soil.pH": ["ph", "[pH]"],
  "water.temperature.current": ["water_temperature", "Cel"],
  "metering.water.total": ["water_volume", "L"],
  battery: ["battery_voltage", "V"],
};

/** Reads the device and the normalised values of an uplink out of its fields; `null` when the topic is none. */
export function readUplink(topic: string, fields: readonly Field[]): Uplink | null {
  const [, deviceId] = UPLINK_TOPIC.exec(topic) ?? [];
  if (deviceId === undefined) return null;
  const receivedAt = fields.find(({ key }) => key === "received_at")?.value;
  return {
    deviceId,
    receivedAt: typeof receivedAt === "string" ? receivedAt : null,
    values: fields.flatMap(readValue),
  };
}

/** The normalised payload is an object, or a list of measurements taken at several times, of which the first is used. */
function readValue({ key, value }: Field): UplinkValue[] {
  const [, name] = /^uplink_message\.normalized_payload\.(?:0\.)?([A-Za-z.]\S*)$/.exec(key) ?? [];
  const known = name !== undefined && Object.hasOwn(NORMALISED, name) ? NORMALISED[name] : undefined;
  const number = typeof value === "string" ? parseNumber(value, false) : value;
  if (known === undefined || typeof number !== "number") return [];
  return [{ quantity: known[0], value: number, unit: known[1] }];
}
