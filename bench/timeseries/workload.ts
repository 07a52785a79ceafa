import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * A deterministic year of four sensor series at ten seconds, in the order in which the readings arrive.
 *
 * Dust (0.1 µg/m³), temperature (0.01 °C) and humidity (0.1 %) of one device, power (1 W): crystal drift, outages about
 * weekly, 0.3 % random loss, 0.5 % repeats, 1.2 % late by minutes to days, 0.01 % corrections (same instant, other
 * value, the last wins); the first reading after an outage carries the flag `gap_before`. Times are whole seconds.
 * Source: shared facts "timeseries.md" §A1.
 */
export interface Workload {
  /** Arrivals. */
  readonly length: number;
  /** Readings that are left once repeats and corrections are merged. */
  readonly unique: number;
  readonly from: number;
  readonly to: number;
  /** Epoch milliseconds. */
  readonly at: Float64Array;
  /** Whole numbers of 1 / SCALES[series]. */
  readonly scaled: Int32Array;
  readonly series: Uint8Array;
  readonly quality: Uint16Array;
}

export const SCALES = [10, 100, 10, 1] as const;
export const QUANTITIES = ["pm25", "temperature", "humidity", "power"] as const;
export const INTERVAL_MS = 10_000;
const DAY_MS = 86_400_000;
const GAP_BEFORE = 1 << 8;
const START = Date.UTC(2025, 0, 1);
const DRIFT = [1 + 18e-6, 1 - 25e-6, 1 + 40e-6];
const PHASE_MS = [120, 3456, 7777];
const VERSION = 3;

/** Loads the workload of some days from a cache folder, or makes it. */
export function loadWorkload(cacheFolder: string, days: number): Workload {
  const folder = join(cacheFolder, `workload-${VERSION}-${days}`);
  const metaFile = join(folder, "meta.json");
  if (!existsSync(metaFile)) {
    const made = makeWorkload(days);
    mkdirSync(folder, { recursive: true });
    for (const key of ["at", "scaled", "series", "quality"] as const) {
      const { buffer, byteOffset, byteLength } = made[key];
      writeFileSync(join(folder, key), new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength));
    }
    const { length, unique, from, to } = made;
    writeFileSync(metaFile, JSON.stringify({ length, unique, from, to }));
  }
  const meta = JSON.parse(readFileSync(metaFile, "utf8")) as Pick<Workload, "length" | "unique" | "from" | "to">;
  const bytes = (key: string): ArrayBuffer => new Uint8Array(readFileSync(join(folder, key))).buffer;
  return {
    ...meta,
    at: new Float64Array(bytes("at")),
    scaled: new Int32Array(bytes("scaled")),
    series: new Uint8Array(bytes("series")),
    quality: new Uint16Array(bytes("quality")),
  };
}

/** The values as the doubles that a driver would hand over. */
export function valuesOf(workload: Workload): Float64Array {
  return Float64Array.from(workload.scaled, (scaled, i) => scaled / (SCALES[workload.series[i] ?? 0] ?? 1));
}

/** The readings of each series once all have arrived: sorted, one per instant, the last value. */
export function finalState(workload: Workload): { at: Float64Array; scaled: Int32Array }[] {
  return SCALES.map((_, series) => {
    // Second and arrival in one number each, so that sorting numbers keeps the last arrival of an instant last.
    const mine = Float64Array.from({ length: workload.length }, (_unused, i) =>
      workload.series[i] === series ? (((workload.at[i] as number) - START) / 1000) * ARRIVALS_MOST + i : Number.NaN,
    ).filter((key) => !Number.isNaN(key));
    mine.sort();
    const last = mine.filter((key, k) => secondOf(key) !== secondOf(mine[k + 1] ?? Number.POSITIVE_INFINITY));
    return {
      at: last.map((key) => START + secondOf(key) * 1000),
      scaled: Int32Array.from(last, (key) => workload.scaled[key % ARRIVALS_MOST] as number),
    };
  });
}

const ARRIVALS_MOST = 2 ** 24;
const secondOf = (key: number): number => Math.floor(key / ARRIVALS_MOST);

class Dice {
  #state = 0x9e3779b9 >>> 0;
  #spare: number | null = null;

  uniform(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  gauss(): number {
    if (this.#spare !== null) {
      const spare = this.#spare;
      this.#spare = null;
      return spare;
    }
    for (;;) {
      const u = 2 * this.uniform() - 1;
      const v = 2 * this.uniform() - 1;
      const r = u * u + v * v;
      if (r < 1 && r !== 0) {
        const f = Math.sqrt((-2 * Math.log(r)) / r);
        this.#spare = v * f;
        return u * f;
      }
    }
  }
}

/** Makes the next values of a device from the time of day and of the year, both 0 … 1. */
type Device = (dayFraction: number, yearFraction: number, at: number) => number[];

function dustDevice(dice: Dice): Device {
  let slow = 0;
  return (day, year) => {
    slow += 0.0006 * -slow + 0.012 * dice.gauss();
    const daily = 0.35 * Math.sin(2 * Math.PI * (day - 0.3)) + 0.25 * Math.sin(4 * Math.PI * (day - 0.1));
    const mean = Math.exp(Math.log(8) + slow + daily + 0.4 * Math.cos(2 * Math.PI * year));
    return [Math.round(Math.max(0, mean * (1 + 0.02 * dice.gauss()) + 0.12 * dice.gauss()) * 10)];
  };
}

function climateDevice(dice: Dice): Device {
  let weather = 0;
  let noise = 0;
  let moisture = 0;
  return (day, year) => {
    weather += -0.00003 * weather + 0.006 * dice.gauss();
    noise = 0.7 * noise + 0.01 * dice.gauss();
    const season = 10.5 - 9 * Math.cos(2 * Math.PI * (year - 0.05));
    const temperature = season + 4 * Math.sin(2 * Math.PI * (day - 0.38)) + 0.9 * weather + noise;
    moisture += -0.00004 * moisture + 0.02 * dice.gauss();
    const wanted = 68 - 12 * Math.sin(2 * Math.PI * (day - 0.38)) + 2 * moisture + 0.04 * dice.gauss();
    return [Math.round(temperature * 100), Math.round(Math.min(100, Math.max(15, wanted)) * 10)];
  };
}

function powerDevice(dice: Dice): Device {
  let base = 130;
  let fridge = 0;
  let fridgeUntil = 0;
  let appliance = 0;
  let applianceUntil = 0;
  return (day, _year, at) => {
    if (at > fridgeUntil) {
      fridge = fridge ? 0 : 85;
      fridgeUntil = at + (fridge ? 15 : 35) * 60_000 * (0.8 + 0.4 * dice.uniform());
    }
    if (at > applianceUntil) {
      const use = nextAppliance(dice, day);
      appliance = use.watts;
      applianceUntil = at + use.durationMs;
    }
    base += 0.002 * (130 - base) + 0.4 * dice.gauss();
    const load = fridge * (1 + 0.01 * dice.gauss()) + appliance * (1 + 0.004 * dice.gauss());
    return [Math.max(0, Math.round(base + load + 1.2 * dice.gauss()))];
  };
}

/** Kettles and irons, dishwashers and ovens, lamps and screens: rare at night. */
const APPLIANCES = [
  { upTo: 0.3, watts: 1950, spread: 150, minutes: 3 },
  { upTo: 0.6, watts: 700, spread: 500, minutes: 25 },
  { upTo: 1, watts: 40, spread: 160, minutes: 90 },
] as const;

function nextAppliance(dice: Dice, day: number): { watts: number; durationMs: number } {
  const isAwake = day > 0.26 && day < 0.96;
  if (dice.uniform() >= (isAwake ? 1 / 180 : 1 / 3000)) {
    return { watts: 0, durationMs: 0 };
  }
  const draw = dice.uniform();
  const kind = APPLIANCES.find(({ upTo }) => draw < upTo) ?? APPLIANCES[2];
  const watts = kind.watts + kind.spread * dice.uniform();
  return { watts, durationMs: kind.minutes * 60_000 * (0.4 + dice.uniform()) };
}

class Arrivals {
  readonly at: Float64Array;
  readonly scaled: Int32Array;
  readonly series: Uint8Array;
  readonly quality: Uint16Array;
  readonly arrivedAt: Float64Array;
  length = 0;

  constructor(capacity: number) {
    this.at = new Float64Array(capacity);
    this.scaled = new Int32Array(capacity);
    this.series = new Uint8Array(capacity);
    this.quality = new Uint16Array(capacity);
    this.arrivedAt = new Float64Array(capacity);
  }

  add(series: number, at: number, scaled: number, quality: number, arrivedAt: number): void {
    const i = this.length++;
    this.series[i] = series;
    this.at[i] = at;
    this.scaled[i] = scaled;
    this.quality[i] = quality;
    this.arrivedAt[i] = arrivedAt;
  }
}

function makeWorkload(days: number): Workload {
  const dice = new Dice();
  const end = START + days * DAY_MS;
  const arrivals = new Arrivals(Math.ceil(days * 8640 * 4 * 1.03));
  const devices: [Device, number[]][] = [
    [dustDevice(dice), [0]],
    [climateDevice(dice), [1, 2]],
    [powerDevice(dice), [3]],
  ];
  devices.forEach(([device, series], index) => {
    runDevice(dice, device, series, index, end, arrivals);
  });
  return inOrderOfArrival(arrivals, end);
}

function runDevice(dice: Dice, device: Device, series: number[], index: number, end: number, arrivals: Arrivals): void {
  const link = new Link(dice);
  for (let t = START + (PHASE_MS[index] ?? 0); ; ) {
    t += INTERVAL_MS * (DRIFT[index] ?? 1);
    if (t >= end) {
      return;
    }
    const values = device(((t - START) % DAY_MS) / DAY_MS, (t - START) / (365 * DAY_MS), t);
    if (link.isSilent(t)) {
      continue;
    }
    t += link.maybeFall(t);
    const arrivedAt = link.arrivalOf(t);
    if (arrivedAt !== null) {
      emit(dice, arrivals, series, Math.round(t / 1000) * 1000, values, link.takeFlag(), arrivedAt);
    }
  }
}

/** What happens to readings on their way: outages, losses, buffering, stragglers. */
class Link {
  readonly #dice: Dice;
  #silentUntil = 0;
  #bufferedUntil = 0;
  #flag = GAP_BEFORE;

  constructor(dice: Dice) {
    this.#dice = dice;
  }

  isSilent(t: number): boolean {
    if (t >= this.#silentUntil) {
      return false;
    }
    this.#flag = GAP_BEFORE;
    return true;
  }

  /** About once a week an outage begins after this reading; the device then restarts with another phase. */
  maybeFall(t: number): number {
    if (this.#dice.uniform() >= 1 / 60_480) {
      return 0;
    }
    this.#silentUntil = t + Math.min(DAY_MS, Math.exp(Math.log(600_000) + 1.3 * this.#dice.gauss()));
    return this.#dice.uniform() * 10_000;
  }

  arrivalOf(t: number): number | null {
    const dice = this.#dice;
    if (dice.uniform() < 0.003) {
      return null;
    }
    if (t > this.#bufferedUntil && dice.uniform() < 1 / 25_920) {
      this.#bufferedUntil = t + (20 + 60 * dice.uniform()) * 60_000;
    }
    if (t < this.#bufferedUntil) {
      return this.#bufferedUntil + 50 + dice.uniform() * 2000;
    }
    return t + (dice.uniform() < 0.0005 ? 60_000 + dice.uniform() * 3 * DAY_MS : 20);
  }

  takeFlag(): number {
    const flag = this.#flag;
    this.#flag = 0;
    return flag;
  }
}

function emit(
  dice: Dice,
  arrivals: Arrivals,
  series: number[],
  at: number,
  values: number[],
  quality: number,
  arrivedAt: number,
): void {
  const isRepeated = dice.uniform() < 0.005;
  const isCorrected = dice.uniform() < 0.0001;
  series.forEach((id, k) => {
    const value = values[k] ?? 0;
    arrivals.add(id, at, value, quality, arrivedAt);
    if (isRepeated) {
      arrivals.add(id, at, value, quality, arrivedAt + 1000 + dice.uniform() * 3_600_000);
    }
    if (isCorrected) {
      arrivals.add(id, at, value + 1, quality, arrivedAt + 3_600_000 * (1 + dice.uniform() * 48));
    }
  });
}

function inOrderOfArrival(arrivals: Arrivals, to: number): Workload {
  const { length } = arrivals;
  const keys = new BigUint64Array(length);
  for (let i = 0; i < length; i++) {
    keys[i] = (BigInt(Math.round((arrivals.arrivedAt[i] as number) - START)) << 24n) | BigInt(i);
  }
  keys.sort();
  const order = Uint32Array.from({ length }, (_, i) => Number((keys[i] as bigint) & 0xffffffn));
  const workload = {
    length,
    from: START,
    to,
    at: Float64Array.from(order, (i) => arrivals.at[i] as number),
    scaled: Int32Array.from(order, (i) => arrivals.scaled[i] as number),
    series: Uint8Array.from(order, (i) => arrivals.series[i] as number),
    quality: Uint16Array.from(order, (i) => arrivals.quality[i] as number),
  };
  const distinct = new Float64Array(length);
  for (let i = 0; i < length; i++) {
    distinct[i] = (workload.at[i] as number) * SCALES.length + (workload.series[i] as number);
  }
  distinct.sort();
  const unique = distinct.reduce((count, key, i) => count + (key === distinct[i - 1] ? 0 : 1), 0);
  return { ...workload, unique };
}
