import { QUALITY_BITS } from "@ecolocal/core/sensing";
import { zoneOffsetMs } from "@ecolocal/core/series";
import { createRandom, DAY_MS, type Instant, MINUTE_MS } from "@ecolocal/core/shared";
import { createDemoWeather, type DemoClock } from "./demo-weather.ts";

export const DEMO_DAYS = 90;
const SEED = 20_261_125;
const MINUTES_PER_DAY = DAY_MS / MINUTE_MS;

/** The course of one channel as parallel columns, minute by minute with gaps. */
export interface DemoSeries {
  readonly at: Float64Array;
  readonly value: Float64Array;
  readonly quality: Uint16Array;
}

export const DEMO_COURSES = [
  "outdoorPm25UgM3",
  "outdoorPm10UgM3",
  "kitchenPm25UgM3",
  "kitchenPm10UgM3",
  "outdoorTemperatureC",
  "outdoorHumidityPct",
  "roomCo2Ppm",
  "roomTemperatureC",
  "roomHumidityPct",
  "powerW",
  "energyLowKwh",
  "energyNormalKwh",
] as const;
export type DemoCourse = (typeof DEMO_COURSES)[number];

/** Spans in which a sensor said nothing, in days after the start. */
const OUTAGES: Partial<Record<DemoCourse, readonly (readonly [from: number, to: number])[]>> = {
  outdoorPm25UgM3: [
    [17.2, 17.6],
    [41, 41.9],
    [74.3, 74.35],
  ],
  outdoorPm10UgM3: [
    [17.2, 17.6],
    [41, 41.9],
    [74.3, 74.35],
  ],
  kitchenPm25UgM3: [[52.5, 52.8]],
  kitchenPm10UgM3: [[52.5, 52.8]],
  roomCo2Ppm: [[30.1, 31.4]],
};
/** The outdoor humidity sensor hangs at its stop for half a day. */
const STUCK = { course: "outdoorHumidityPct", fromDay: 60.2, toDay: 60.7, value: 99.9 } as const;

/** When the demo's history begins if it is founded at an instant: at midnight UTC, ninety days before that day. */
export function demoStart(foundedAt: Instant): Instant {
  return (Math.floor(foundedAt / DAY_MS) - DEMO_DAYS) * DAY_MS;
}

/** The values of one minute of the demo. */
export type DemoValues = Readonly<Record<DemoCourse, number>>;

/** The course of the demo, minute by minute from its start. */
export interface DemoRun {
  /** Minutes since 1970 of the next step. */
  readonly minute: number;
  step(): DemoValues;
}

/** Begins the course; the same start and zone give the same values for ever. */
export function startDemoRun(from: Instant, timeZone: string): DemoRun {
  const first = Math.floor(from / MINUTE_MS);
  const weather = createDemoWeather(createRandom(SEED));
  const meter = { energyLowKwh: 1560, energyNormalKwh: 960 };
  let minute = first;
  let offset = 0;
  return {
    get minute() {
      return minute;
    },
    step() {
      const at = minute * MINUTE_MS;
      const elapsed = minute - first;
      if (elapsed % 60 === 0) offset = zoneOffsetMs(timeZone, at);
      minute++;
      const clock = demoClock(at + offset, elapsed);
      const moment = weather(clock);
      const isLowTariff = clock.minute >= 22 * 60 || clock.minute < 6 * 60;
      meter[isLowTariff ? "energyLowKwh" : "energyNormalKwh"] += moment.powerW / 60_000;
      return {
        ...moment,
        energyLowKwh: thousandth(meter.energyLowKwh),
        energyNormalKwh: thousandth(meter.energyNormalKwh),
      };
    },
  };
}

/**
 * Invents what the demo's sensors stored from `from` until `until`: the course of the demo with outages, two smoke
 * episodes and a stuck sensor in the first ninety days.
 */
export function inventHistory(
  from: Instant,
  until: Instant,
  timeZone: string,
): Readonly<Record<DemoCourse, DemoSeries>> {
  const run = startDemoRun(from, timeZone);
  const first = run.minute;
  const last = Math.floor(until / MINUTE_MS);
  const recorders = DEMO_COURSES.map((course) => createRecorder(course, last - first));
  while (run.minute < last) {
    const at = run.minute * MINUTE_MS;
    const elapsed = run.minute - first;
    const values = run.step();
    for (const recorder of recorders) recorder.record(at, elapsed, values[recorder.course]);
  }
  return Object.fromEntries(recorders.map((recorder) => [recorder.course, recorder.finish()])) as Record<
    DemoCourse,
    DemoSeries
  >;
}

function demoClock(localAt: number, elapsed: number): DemoClock {
  const local = new Date(localAt);
  return {
    minute: local.getUTCHours() * 60 + local.getUTCMinutes(),
    weekday: ((local.getUTCDay() + 6) % 7) + 1,
    yearDay: Math.floor((localAt - Date.UTC(local.getUTCFullYear(), 0, 1)) / DAY_MS),
    elapsed,
  };
}

const thousandth = (value: number): number => Math.round(value * 1000) / 1000;

function createRecorder(course: DemoCourse, capacity: number) {
  const at = new Float64Array(capacity);
  const value = new Float64Array(capacity);
  const quality = new Uint16Array(capacity);
  const outages = OUTAGES[course] ?? [];
  let length = 0;
  let silent = false;
  return {
    course,
    record(time: Instant, elapsed: number, measured: number): void {
      const day = elapsed / MINUTES_PER_DAY;
      if (outages.some(([from, to]) => day >= from && day < to)) {
        silent = true;
        return;
      }
      const stuck = course === STUCK.course && day >= STUCK.fromDay && day < STUCK.toDay;
      at[length] = time;
      value[length] = stuck ? STUCK.value : measured;
      quality[length] = (silent ? QUALITY_BITS.gap_before : 0) | (stuck ? QUALITY_BITS.stuck : 0);
      silent = false;
      length++;
    },
    finish: (): DemoSeries => ({
      at: at.subarray(0, length),
      value: value.subarray(0, length),
      quality: quality.subarray(0, length),
    }),
  };
}
