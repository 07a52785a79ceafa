import { writeSds011Frame, writeTextLine } from "@ecolocal/core/sensing";
import { err, type Instant, MINUTE_MS, ok, SECOND_MS } from "@ecolocal/core/shared";
import type { Transport, TransportFailure } from "@ecolocal/devices/transport";
import type { Store } from "../store/index.ts";
import { type DemoRun, type DemoValues, demoStart, startDemoRun } from "./demo-history.ts";

/** What each of the demo's devices says, and how often. */
const DEVICES: Readonly<Record<string, { readonly everyMs: number; readonly say: (now: DemoValues) => Uint8Array }>> = {
  "demo:balcony-dust": {
    everyMs: 2 * SECOND_MS,
    say: (now) => writeSds011Frame({ pm25UgM3: now.outdoorPm25UgM3, pm10UgM3: now.outdoorPm10UgM3, deviceId: "B0DE" }),
  },
  "demo:kitchen-dust": {
    everyMs: 2 * SECOND_MS,
    say: (now) => writeSds011Frame({ pm25UgM3: now.kitchenPm25UgM3, pm10UgM3: now.kitchenPm10UgM3, deviceId: "C0DE" }),
  },
  "demo:class-room": {
    everyMs: 5 * SECOND_MS,
    say: (now) => writeTextLine("json", { co2: now.roomCo2Ppm, temp: now.roomTemperatureC, rh: now.roomHumidityPct }),
  },
  "demo:balcony-weather": {
    everyMs: 5 * SECOND_MS,
    say: (now) => writeTextLine("json", { temp: now.outdoorTemperatureC, rh: now.outdoorHumidityPct }),
  },
  "demo:electricity": {
    everyMs: 5 * SECOND_MS,
    say: (now) => writeTextLine("json", { power: now.powerW, low: now.energyLowKwh, normal: now.energyNormalKwh }),
  },
};

/** Devices that go on with the course of a demo, as if its history had been measured by them. */
export function createDemoTransport(store: Store): Transport {
  return {
    async open({ path }, listener) {
      const device = DEVICES[path];
      if (device === undefined) return err(noSuchDevice(path));
      const speak = (): void => listener.onData(device.say(valuesNow(store)));
      const timer = setInterval(speak, device.everyMs);
      const first = setTimeout(speak, 0);
      return ok({
        write: async () => ok(undefined),
        close: async () => {
          clearInterval(timer);
          clearTimeout(first);
        },
      });
    },
  };
}

interface Course {
  readonly run: DemoRun;
  values: DemoValues;
}

/** One course for all devices of a workspace. */
const courses = new WeakMap<Store, Course>();

function valuesNow(store: Store): DemoValues {
  const course = courses.get(store) ?? beginCourse(store);
  const minute = Math.floor(store.clock.now() / MINUTE_MS);
  while (course.run.minute <= minute) course.values = course.run.step();
  return course.values;
}

function beginCourse(store: Store): Course {
  const { createdAt, timeZone } = store.settings.workspaceInfo();
  const run = startDemoRun(demoStart(createdAt satisfies Instant), timeZone);
  const course = { run, values: run.step() };
  courses.set(store, course);
  return course;
}

function noSuchDevice(path: string): TransportFailure {
  return {
    code: "SENSING_PORT_MISSING",
    op: "open port",
    subject: path,
    detail: `The demo has no device called "${path}".`,
    retry: "after-change",
  };
}
