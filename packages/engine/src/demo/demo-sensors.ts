import type { Exposure, LineMapping, Position } from "@ecolocal/core/sensing";
import type { Quantity } from "@ecolocal/core/shared";
import type { DemoCourse } from "./demo-history.ts";

/** One sensor of the demo: configured on a simulated port, so that it goes on speaking. */
export interface DemoSensor {
  readonly name: string;
  readonly driverId: string;
  readonly port: string;
  readonly place: string;
  readonly exposure: Exposure;
  readonly position: Position;
  readonly mapping: readonly LineMapping[];
  readonly channels: readonly { readonly quantity: Quantity; readonly key: string; readonly course: DemoCourse }[];
}

const ROOM_MAPPING: readonly LineMapping[] = [
  { key: "co2", quantity: "co2", unit: "[ppm]" },
  { key: "temp", quantity: "temperature", unit: "Cel" },
  { key: "rh", quantity: "humidity", unit: "%" },
];

const METER_MAPPING: readonly LineMapping[] = [
  { key: "power", quantity: "power", unit: "W" },
  { key: "low", quantity: "energy_import", unit: "kW.h", channel: "t1" },
  { key: "normal", quantity: "energy_import", unit: "kW.h", channel: "t2" },
];

export const DEMO_SENSORS: readonly DemoSensor[] = [
  {
    name: "Balcony dust",
    driverId: "sds011",
    port: "demo:balcony-dust",
    place: "balcony",
    exposure: "outdoor",
    position: { latitude: 52.49612, longitude: 13.4209 },
    mapping: [],
    channels: [
      { quantity: "pm25", key: "", course: "outdoorPm25UgM3" },
      { quantity: "pm10", key: "", course: "outdoorPm10UgM3" },
    ],
  },
  {
    name: "Class room",
    driverId: "lines",
    port: "demo:class-room",
    place: "class room",
    exposure: "indoor",
    position: { latitude: 52.49425, longitude: 13.42397 },
    mapping: ROOM_MAPPING,
    channels: [
      { quantity: "co2", key: "", course: "roomCo2Ppm" },
      { quantity: "temperature", key: "", course: "roomTemperatureC" },
      { quantity: "humidity", key: "", course: "roomHumidityPct" },
    ],
  },
  {
    name: "Kitchen dust",
    driverId: "sds011",
    port: "demo:kitchen-dust",
    place: "kitchen",
    exposure: "indoor",
    position: { latitude: 52.49655, longitude: 13.42187 },
    mapping: [],
    channels: [
      { quantity: "pm25", key: "", course: "kitchenPm25UgM3" },
      { quantity: "pm10", key: "", course: "kitchenPm10UgM3" },
    ],
  },
  {
    name: "Balcony weather",
    driverId: "lines",
    port: "demo:balcony-weather",
    place: "balcony",
    exposure: "outdoor",
    position: { latitude: 52.4956, longitude: 13.41985 },
    mapping: ROOM_MAPPING.slice(1),
    channels: [
      { quantity: "temperature", key: "", course: "outdoorTemperatureC" },
      { quantity: "humidity", key: "", course: "outdoorHumidityPct" },
    ],
  },
  {
    name: "Electricity meter",
    driverId: "lines",
    port: "demo:electricity",
    place: "cellar",
    exposure: "unknown",
    position: { latitude: 52.49512, longitude: 13.42305 },
    mapping: METER_MAPPING,
    channels: [
      { quantity: "power", key: "", course: "powerW" },
      { quantity: "energy_import", key: "t1", course: "energyLowKwh" },
      { quantity: "energy_import", key: "t2", course: "energyNormalKwh" },
    ],
  },
];
