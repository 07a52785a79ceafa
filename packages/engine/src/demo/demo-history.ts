import { QUALITY_BITS } from "@ecolocal/core/sensing";
import { zoneOffsetMs } from "@ecolocal/core/series";
import { createRandom, DAY_MS, type Instant, MINUTE_MS } from "@ecolocal/core/shared";
import { createDemoWeather, type DemoMoment } from "./demo-weather.ts";

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

/**
 * Invents the course of every channel of the demo from `from` until `until`, with outages, two smoke episodes and a
 * stuck sensor in the first ninety days. The same start and zone give the same course.
 */
export function inventHistory(
  from: Instant,
  until: Instant,
  timeZone: string,
): Readonly<Record<DemoCourse, DemoSeries>> {
  const first = Math.floor(from / MINUTE_MS);
  const count = Math.floor(until / MINUTE_MS) - first;
  const courses = Object.fromEntries(DEMO_COURSES.map((course) => [course, createRecorder(course, count)])) as Record<
    DemoCourse,
    ReturnType<typeof createRecorder>
  >;
  const weather = createDemoWeather(createRandom(SEED));
  const meter = { energyLowKwh: 1560, energyNormalKwh: 960 };
  let offset = 0;
  for (let elapsed = 0; elapsed < count; elapsed++) {
    const at = (first + elapsed) * MINUTE_MS;
    if (elapsed % 60 === 0) offset = zoneOffsetMs(timeZone, at);
    const local = new Date(at + offset);
    const minute = local.getUTCHours() * 60 + local.getUTCMinutes();
    const weekday = ((local.getUTCDay() + 6) % 7) + 1;
    const yearDay = Math.floor((at + offset - Date.UTC(local.getUTCFullYear(), 0, 1)) / DAY_MS);
    const moment = weather({ minute, weekday, yearDay, elapsed });
    const isLowTariff = minute >= 22 * 60 || minute < 6 * 60;
    meter[isLowTariff ? "energyLowKwh" : "energyNormalKwh"] += moment.powerW / 60_000;
    for (const course of DEMO_COURSES) courses[course].record(at, elapsed, courseValue(course, moment, meter));
  }
  return Object.fromEntries(DEMO_COURSES.map((course) => [course, courses[course].finish()])) as Record<
    DemoCourse,
    DemoSeries
  >;
}

type Meter = Readonly<Record<"energyLowKwh" | "energyNormalKwh", number>>;

function courseValue(course: DemoCourse, moment: DemoMoment, meter: Meter): number {
  if (course === "energyLowKwh" || course === "energyNormalKwh") return Math.round(meter[course] * 1000) / 1000;
  return moment[course];
}

function createRecorder(course: DemoCourse, capacity: number) {
  const at = new Float64Array(capacity);
  const value = new Float64Array(capacity);
  const quality = new Uint16Array(capacity);
  const outages = OUTAGES[course] ?? [];
  let length = 0;
  let silent = false;
  return {
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
