import { RANGES, type RangeName } from "../../client/chart-window.ts";

/** What the address of the sensor list says: whether the add sheet is open, and for what. */
export interface SensorsSearch {
  readonly add?: "device" | "simulated" | "manual";
}

export const SENSOR_TABS = ["values", "health", "calibration"] as const;
export type SensorTab = (typeof SENSOR_TABS)[number];

/** What the address of a sensor says: which side of it, which value over which time, shifted back by how many ranges. */
export interface SensorSearch {
  readonly view?: SensorTab;
  readonly channel?: string;
  readonly range?: RangeName;
  readonly back?: number;
}

const MAX_BACK = 2_000;

export function sensorsSearch(search: Readonly<Record<string, unknown>>): SensorsSearch {
  const { add } = search;
  return add === "device" || add === "simulated" || add === "manual" ? { add } : {};
}

export function sensorSearch(search: Readonly<Record<string, unknown>>): SensorSearch {
  const { channel, back } = search;
  const view = SENSOR_TABS.find((name) => name === search["view"]);
  const range = RANGES.find((name) => name === search["range"]);
  const steps = typeof back === "number" && Number.isInteger(back) && back > 0 ? Math.min(back, MAX_BACK) : undefined;
  return {
    ...(view === undefined ? {} : { view }),
    ...(typeof channel === "string" && channel !== "" ? { channel } : {}),
    ...(range === undefined ? {} : { range }),
    ...(steps === undefined ? {} : { back: steps }),
  };
}
