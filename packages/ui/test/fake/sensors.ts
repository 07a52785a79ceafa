import type { ChannelView, DriverView, HomeCard, JudgementView, PortView, SensorView } from "@ecolocal/core/api";
import { QUANTITIES, type Quantity } from "@ecolocal/core/shared";
import { fakeId } from "./ids.ts";
import { type FakeSeries, valueAt } from "./series.ts";

const HOUR = 3_600_000;

interface ChannelPlan {
  readonly id: string;
  readonly sensor: string;
  readonly quantity: Quantity;
  readonly place: string;
  readonly exposure: ChannelView["exposure"];
  readonly series: FakeSeries;
  /** Hours since the last reading; 0 is live. */
  readonly silentHours: number;
}

const quiet: FakeSeries["gaps"] = [
  [40, 43.5],
  [121, 130],
];

export const CHANNEL_PLANS: readonly ChannelPlan[] = [
  {
    id: "co2",
    sensor: "kitchen",
    quantity: "co2",
    place: "Kitchen",
    exposure: "indoor",
    silentHours: 0,
    series: { base: 780, swing: 320, noise: 60, peakHour: 19, gaps: quiet },
  },
  {
    id: "temp",
    sensor: "kitchen",
    quantity: "temperature",
    place: "Kitchen",
    exposure: "indoor",
    silentHours: 0,
    series: { base: 20.6, swing: 1.8, noise: 0.3, peakHour: 16, gaps: quiet },
  },
  {
    id: "pm25",
    sensor: "yard",
    quantity: "pm25",
    place: "Schoolyard",
    exposure: "outdoor",
    silentHours: 0,
    series: { base: 14, swing: 7, noise: 3, peakHour: 8, gaps: [[9, 12]] },
  },
  {
    id: "pm10",
    sensor: "yard",
    quantity: "pm10",
    place: "Schoolyard",
    exposure: "outdoor",
    silentHours: 0,
    series: { base: 24, swing: 10, noise: 5, peakHour: 8, gaps: [[9, 12]] },
  },
  {
    id: "power",
    sensor: "meter",
    quantity: "power",
    place: "Hall",
    exposure: "indoor",
    silentHours: 0,
    series: { base: 410, swing: 230, noise: 90, peakHour: 18, gaps: [] },
  },
  {
    id: "soil",
    sensor: "bed",
    quantity: "soil_moisture",
    place: "Bed 3",
    exposure: "outdoor",
    silentHours: 3,
    series: { base: 31, swing: 4, noise: 1, peakHour: 6, gaps: [[0, 3]] },
  },
];

export function seriesFor(channelId: string): FakeSeries {
  const plan = CHANNEL_PLANS.find(({ id }) => fakeId(id) === channelId);
  return plan?.series ?? { base: 10, swing: 2, noise: 1, peakHour: 12, gaps: [] };
}

export function channels(now: number): ChannelView[] {
  return CHANNEL_PLANS.map((plan) => {
    const spec = QUANTITIES[plan.quantity];
    const at = now - plan.silentHours * HOUR - 4000;
    return {
      id: fakeId(plan.id),
      sensorId: fakeId(plan.sensor),
      sensorName: SENSOR_NAMES[plan.sensor]?.name ?? plan.sensor,
      quantity: plan.quantity,
      key: "",
      unit: spec.unit,
      symbol: spec.symbol,
      decimals: spec.decimals,
      place: plan.place,
      exposure: plan.exposure,
      intervalMs: 60_000,
      latest: { at, value: valueAt({ ...plan.series, gaps: [] }, at, now) ?? 0, quality: 0 },
    };
  });
}

const SENSOR_NAMES: Readonly<Record<string, { name: string; driver: string; title: string; port: string }>> = {
  kitchen: { name: "Kitchen air", driver: "text-lines", title: "Text lines", port: "/dev/ttyACM0" },
  yard: { name: "Schoolyard dust", driver: "sds011", title: "Nova SDS011 fine dust sensor", port: "/dev/ttyUSB0" },
  meter: { name: "Smart meter", driver: "dsmr-p1", title: "Smart meter, P1 port (DSMR)", port: "/dev/ttyUSB1" },
  bed: { name: "Bed 3 soil", driver: "text-lines", title: "Text lines", port: "/dev/ttyACM1" },
};

const QUIET_COUNTERS: SensorView["counters"] = { framesOk: 86_231, framesBad: 0, bytesDiscarded: 0, reconnects: 0 };
const COUNTERS: Readonly<Record<string, SensorView["counters"]>> = {
  yard: { ...QUIET_COUNTERS, framesBad: 12, bytesDiscarded: 84 },
  bed: { ...QUIET_COUNTERS, reconnects: 4 },
};

const PLACES: Readonly<Record<string, SensorView["position"]>> = {
  kitchen: { latitude: 52.4961, longitude: 13.4209 },
  yard: { latitude: 52.4965, longitude: 13.4219 },
  bed: { latitude: 52.4942, longitude: 13.424 },
};

export function sensors(now: number): SensorView[] {
  const all = channels(now);
  return Object.entries(SENSOR_NAMES).map(([key, { name, driver, title, port }]) => {
    const own = all.filter((channel) => channel.sensorId === fakeId(key));
    const silent = key === "bed";
    return {
      id: fakeId(key),
      name,
      driverId: driver,
      driverTitle: title,
      port,
      place: own[0]?.place ?? "",
      exposure: own[0]?.exposure ?? "unknown",
      position: PLACES[key] ?? null,
      storeIntervalMs: 60_000,
      expectedIntervalMs: 1000,
      identity: key === "yard" ? "SDS011 A17C" : null,
      mapping: [],
      createdAt: now - 40 * 24 * HOUR,
      state: silent ? "disconnected" : "reading",
      stateSince: now - (silent ? 3 : 50) * HOUR,
      problem: silent
        ? {
            code: "SENSING_PORT_LOST",
            op: "read",
            subject: port,
            detail: "The device was unplugged.",
            retry: "backoff",
          }
        : null,
      lastReadingAt: own[0]?.latest?.at ?? null,
      freshness: silent ? "offline" : "live",
      counters: COUNTERS[key] ?? QUIET_COUNTERS,
      channels: own,
    };
  });
}

function judge(channel: ChannelView, now: number): JudgementView | null {
  const value = channel.latest?.value ?? 0;
  const common = { coverage: 0.97, provisional: false, verification: "S" as const, at: now, index: null };
  if (channel.quantity === "co2") {
    return {
      ...common,
      bandSet: { id: "co2_classes", version: "1", title: "Indoor CO₂ classes" },
      statistic: "mean_1h",
      value,
      unit: "[ppm]",
      band: { id: "good", label: "Fresh", rank: 0, count: 4, tone: "good", color: null },
      advice: { id: "x", values: {}, text: "No action needed." },
      sourceId: "src.en16798-1",
    };
  }
  if (channel.quantity === "pm25") {
    return {
      ...common,
      index: 61,
      provisional: true,
      bandSet: { id: "us_aqi", version: "2024", title: "US AQI" },
      statistic: "nowcast_12h",
      value,
      unit: "ug/m3",
      band: { id: "moderate", label: "Moderate", rank: 1, count: 6, tone: "fair", color: "#FFFF00" },
      advice: {
        id: "x",
        values: {},
        text: "Unusually sensitive people should consider reducing long or heavy exertion outdoors.",
      },
      sourceId: "src.epa-aqi-tad-2024",
    };
  }
  return null;
}

export function homeCards(now: number): HomeCard[] {
  return channels(now)
    .filter(({ quantity }) => quantity !== "pm10")
    .map((channel) => {
      const series = seriesFor(channel.id);
      const silent = channel.quantity === "soil_moisture";
      return {
        channelId: channel.id,
        sensorId: channel.sensorId,
        sensorName: channel.sensorName,
        place: channel.place,
        exposure: channel.exposure,
        quantity: channel.quantity,
        unit: channel.unit,
        symbol: channel.symbol,
        latest: channel.latest,
        freshness: silent ? ("offline" as const) : ("live" as const),
        judgement: judge(channel, now),
        sparkline: Array.from({ length: 96 }, (_, i) => valueAt(series, now - (96 - i) * 900_000, now)),
        sparklineFrom: now - 24 * HOUR,
        sparklineStepMs: 900_000,
        trend:
          channel.quantity === "co2"
            ? { delta: -210, direction: "down" as const }
            : channel.quantity === "pm25"
              ? { delta: 6.2, direction: "up" as const }
              : { delta: 0, direction: "steady" as const },
      };
    });
}

export const DRIVERS: readonly DriverView[] = [
  {
    id: "sds011",
    title: "Nova SDS011 fine dust sensor",
    summary: "PM2.5 and PM10 over USB, one value a second.",
    quantities: ["pm25", "pm10"],
    serial: [{ baudRate: 9600, dataBits: 8, parity: "none", stopBits: 1 }],
    expectedIntervalMs: 1000,
    storeIntervalMs: 60_000,
    needsMapping: false,
  },
  {
    id: "airrohr",
    title: "airRohr / luftdaten (USB)",
    summary: "The CSV lines of an airRohr station on its USB port.",
    quantities: ["pm25", "pm10", "temperature", "humidity"],
    serial: [{ baudRate: 9600, dataBits: 8, parity: "none", stopBits: 1 }],
    expectedIntervalMs: 145_000,
    storeIntervalMs: 145_000,
    needsMapping: false,
  },
  {
    id: "text-lines",
    title: "Text lines (JSON, CSV, key=value)",
    summary: "Anything that prints lines of text, such as an Arduino sketch.",
    quantities: [],
    serial: [
      { baudRate: 115_200, dataBits: 8, parity: "none", stopBits: 1 },
      { baudRate: 9600, dataBits: 8, parity: "none", stopBits: 1 },
    ],
    expectedIntervalMs: 1000,
    storeIntervalMs: 60_000,
    needsMapping: true,
  },
  {
    id: "dsmr-p1",
    title: "Smart meter, P1 port (DSMR)",
    summary: "Electricity and gas from the customer port of a smart meter.",
    quantities: ["energy_import", "energy_export", "power", "gas_volume"],
    serial: [{ baudRate: 115_200, dataBits: 8, parity: "none", stopBits: 1 }],
    expectedIntervalMs: 10_000,
    storeIntervalMs: 10_000,
    needsMapping: false,
  },
];

export const PORTS: readonly PortView[] = [
  {
    path: "/dev/ttyUSB2",
    name: "USB serial adapter (CH340) on USB 2",
    usb: { vendorId: "1a86", productId: "7523", serialNumber: null, chip: "CH340" },
    access: "ok",
    busyBy: null,
    sensorId: null,
    likelyDrivers: ["sds011"],
    problem: null,
  },
  {
    path: "/dev/ttyACM2",
    name: "Arduino Uno on USB 4",
    usb: { vendorId: "2341", productId: "0043", serialNumber: "7553", chip: null },
    access: "ok",
    busyBy: null,
    sensorId: null,
    likelyDrivers: ["text-lines"],
    problem: null,
  },
  {
    path: "/dev/ttyUSB3",
    name: "FTDI adapter on USB 3",
    usb: { vendorId: "0403", productId: "6001", serialNumber: "A9", chip: "FT232R" },
    access: "denied",
    busyBy: null,
    sensorId: null,
    likelyDrivers: ["dsmr-p1"],
    problem: {
      code: "SENSING_PORT_DENIED",
      op: "open",
      subject: "/dev/ttyUSB3",
      detail: "EACCES: permission denied",
      hint: "Run `sudo usermod -aG dialout $USER`, log out and in again, then press Look again.",
      retry: "after-change",
    },
  },
  {
    path: "/dev/ttyUSB0",
    name: "USB serial adapter (CH340) on USB 1",
    usb: { vendorId: "1a86", productId: "7523", serialNumber: null, chip: "CH340" },
    access: "busy",
    busyBy: null,
    sensorId: fakeId("yard"),
    likelyDrivers: ["sds011"],
    problem: null,
  },
];
