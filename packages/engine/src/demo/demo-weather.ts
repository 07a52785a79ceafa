import { DAY_MS, HOUR_MS, type Random } from "@ecolocal/core/shared";

/** What the air and the house do at one minute of the demo. */
export interface DemoMoment {
  readonly outdoorPm25UgM3: number;
  readonly outdoorPm10UgM3: number;
  readonly kitchenPm25UgM3: number;
  readonly kitchenPm10UgM3: number;
  readonly outdoorTemperatureC: number;
  readonly outdoorHumidityPct: number;
  readonly roomCo2Ppm: number;
  readonly roomTemperatureC: number;
  readonly roomHumidityPct: number;
  readonly powerW: number;
}

/** Local clock of the demo: minute of the day, ISO weekday (1 = Monday), day of the year. */
export interface DemoClock {
  readonly minute: number;
  readonly weekday: number;
  readonly yearDay: number;
  /** Minutes since the demo began. */
  readonly elapsed: number;
}

const MINUTES_PER_DAY = DAY_MS / 60_000;
const MINUTES_PER_HOUR = HOUR_MS / 60_000;

/** Days after the start on which wildfire smoke drifts over, and how strong it is in µg/m³. */
const SMOKE_EPISODES = [
  { fromDay: 66, toDay: 68.4, peakUgM3: 115 },
  { fromDay: 81, toDay: 82.2, peakUgM3: 60 },
];
const OUTDOOR_CO2_PPM = 425;
/** Air changes per hour of a class room with closed windows, and with open ones. */
const CLOSED_ACH = 0.5;
const OPEN_ACH = 6;

/**
 * Makes a believable house and street: smoke, cooking, lessons, a working household. Invented, not measured; the same
 * random numbers give the same course.
 */
export function createDemoWeather(random: Random): (clock: DemoClock) => DemoMoment {
  const drift = { pm: 0, temperature: 0, humidity: 0, kitchen: 0, co2: OUTDOOR_CO2_PPM, room: 19, fridge: 0 };
  const noise = (): number => random() + random() + random() - 1.5;
  return (clock) => {
    drift.pm = 0.999 * drift.pm + 0.05 * noise();
    drift.temperature = 0.9995 * drift.temperature + 0.04 * noise();
    drift.humidity = 0.999 * drift.humidity + 0.2 * noise();
    const temperature = outdoorTemperature(clock) + 4 * drift.temperature;
    const pm25 = Math.max(0.5, streetDust(clock) * Math.exp(drift.pm) + smoke(clock) + 0.4 * noise());
    drift.kitchen = 0.985 * drift.kitchen + cooking(clock, random);
    const kitchen = Math.max(0.5, 0.45 * pm25 + drift.kitchen + 0.3 * noise());
    drift.co2 = nextCo2(clock, drift.co2);
    drift.room += 0.008 * (heatedTo(clock) - drift.room);
    const humidity = clamp(72 - 1.1 * (temperature - 8) + 3 * drift.humidity, 20, 100);
    return {
      outdoorPm25UgM3: tenth(pm25),
      outdoorPm10UgM3: tenth(1.5 * pm25 + 3 + Math.abs(noise())),
      kitchenPm25UgM3: tenth(kitchen),
      kitchenPm10UgM3: tenth(1.35 * kitchen + 1 + Math.abs(noise())),
      outdoorTemperatureC: tenth(temperature),
      outdoorHumidityPct: tenth(humidity),
      roomCo2Ppm: Math.round(drift.co2 + 6 * noise()),
      roomTemperatureC: tenth(drift.room + 0.04 * (temperature - 10) + 0.1 * noise()),
      roomHumidityPct: tenth(clamp(44 + 0.12 * (humidity - 70) + (isLesson(clock) ? 3 : 0) + noise(), 20, 90)),
      powerW: householdPower(clock, drift, random),
    };
  };
}

/** Warmest at three in the afternoon and in late July. */
function outdoorTemperature({ minute, yearDay }: DemoClock): number {
  const season = 10 - 9.5 * Math.cos((2 * Math.PI * (yearDay - 22)) / 365);
  return season + 4 * Math.cos((2 * Math.PI * (minute - 900)) / MINUTES_PER_DAY);
}

/** Traffic in the morning and in the evening, stoves when it is cold. */
function streetDust(clock: DemoClock): number {
  const rush = bump(clock.minute, 8 * 60, 70) + 0.7 * bump(clock.minute, 18 * 60, 90);
  const stoves = outdoorTemperature(clock) < 9 ? 9 * bump(clock.minute, 21 * 60, 130) : 0;
  return 7 + (clock.weekday <= 5 ? 6 : 2) * rush + stoves;
}

function smoke({ elapsed }: DemoClock): number {
  const day = elapsed / MINUTES_PER_DAY;
  return SMOKE_EPISODES.reduce((sum, { fromDay, toDay, peakUgM3 }) => {
    if (day < fromDay || day > toDay) return sum;
    return sum + peakUgM3 * Math.sin((Math.PI * (day - fromDay)) / (toDay - fromDay)) ** 2;
  }, 0);
}

/** Dust that a minute of cooking adds, at noon and in the evening; three days a week something is fried. */
function cooking({ minute, weekday }: DemoClock, random: Random): number {
  const evening = minute >= 18 * 60 + 30 && minute < 19 * 60 + 10;
  const noon = weekday > 5 && minute >= 12 * 60 && minute < 12 * 60 + 30;
  const strength = [1, 3, 6].includes(weekday) ? 15 : 2.4;
  return evening || noon ? strength * random() : 0;
}

function isLesson({ minute, weekday }: DemoClock): boolean {
  return weekday <= 5 && minute >= 8 * 60 && minute < 13 * 60 + 30;
}

/** The heating goes down at night and at weekends; pupils warm the room beyond what it is set to. */
function heatedTo(clock: DemoClock): number {
  const heated = clock.weekday <= 5 && clock.minute >= 5 * 60 && clock.minute < 17 * 60;
  return heated ? 20.5 + (isLesson(clock) ? 1.4 : 0) : 16;
}

/** Mass balance of a room with 25 pupils: people add CO2, the air change takes it away. */
function nextCo2(clock: DemoClock, co2: number): number {
  const lesson = isLesson(clock);
  const inBreak = lesson && clock.minute % 90 >= 75;
  const ach = inBreak ? OPEN_ACH : CLOSED_ACH;
  const added = lesson && !inBreak ? roomLoad(clock) : 0;
  return co2 + added - (ach / MINUTES_PER_HOUR) * (co2 - OUTDOOR_CO2_PPM);
}

/** CO2 that the class adds, in ppm a minute: some days it is full, on others half of it is outside. */
function roomLoad({ elapsed }: DemoClock): number {
  const day = Math.floor(elapsed / MINUTES_PER_DAY);
  return 20 + 20 * Math.abs(Math.sin(day * 12.9898));
}

function householdPower(clock: DemoClock, drift: { fridge: number }, random: Random): number {
  if (random() < 0.03) drift.fridge = drift.fridge === 0 ? 95 : 0;
  const morning = bump(clock.minute, 7 * 60, 45) * 450;
  const evening = bump(clock.minute, 19 * 60 + 30, 110) * 900;
  const kettle = random() < 0.004 && clock.minute > 360 && clock.minute < 1320 ? 1900 : 0;
  return Math.round(165 + drift.fridge + morning + evening + kettle + 25 * random());
}

/** A bell of height 1 around a minute of the day. */
function bump(minute: number, centre: number, width: number): number {
  const distance = Math.abs(minute - centre);
  const around = Math.min(distance, MINUTES_PER_DAY - distance);
  return Math.exp(-((around / width) ** 2));
}

const tenth = (value: number): number => Math.round(value * 10) / 10;
const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));
