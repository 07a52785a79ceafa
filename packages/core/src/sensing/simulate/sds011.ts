import { type Instant, MINUTE_MS } from "../../shared/index.ts";
import {
  readSds011Command,
  SDS011_PERIOD,
  SDS011_WORK,
  type Sds011Command,
  writeSds011Reply,
} from "../framing/sds011-command.ts";
import { createAir } from "./air.ts";
import { type DeviceSimulator, NOTHING, type SimulatorOptions } from "./device-simulator.ts";

const OWN_ID = "A160";
const MEASURES_FOR_MS = 30_000;

/** What an SDS011 shows in one frame. */
export interface Sds011Sample {
  /** 0…6553.5, in steps of 0.1. */
  readonly pm25UgM3: number;
  /** 0…6553.5, in steps of 0.1. */
  readonly pm10UgM3: number;
  /** Two bytes as on the wire, four hex digits. */
  readonly deviceId?: string;
}

/**
 * Writes one report frame, byte for byte as the sensor does.
 *
 * Source: Nova Fitness, Laser Dust Sensor Control Protocol V1.3.
 */
export function writeSds011Frame({ pm25UgM3, pm10UgM3, deviceId = OWN_ID }: Sds011Sample): Uint8Array {
  const frame = new Uint8Array(10);
  const view = new DataView(frame.buffer);
  view.setUint16(0, 0xaac0);
  view.setUint16(2, Math.round(pm25UgM3 * 10), true);
  view.setUint16(4, Math.round(pm10UgM3 * 10), true);
  view.setUint16(6, Number.parseInt(deviceId, 16));
  frame[8] = frame.subarray(2, 8).reduce((sum, byte) => (sum + byte) & 0xff, 0);
  frame[9] = 0xab;
  return frame;
}

interface State {
  working: boolean;
  /** 0 is without a rest. */
  periodMin: number;
  periodSetAt: Instant;
  /** Results said since the period was set. */
  said: number;
}

/**
 * A sensor that obeys: asleep it is silent and takes no command but the one to work; with a working period it measures
 * for 30 s, says one result and rests until the period is over.
 */
export function simulateSds011({ random, identity = OWN_ID }: SimulatorOptions): DeviceSimulator {
  const air = createAir(random);
  const state: State = { working: true, periodMin: 0, periodSetAt: 0, said: 0 };
  return {
    boot: () => NOTHING,
    frame(at) {
      const { pm25UgM3, pm10UgM3 } = air(at);
      return speaks(state, at) ? writeSds011Frame({ pm25UgM3, pm10UgM3, deviceId: identity }) : NOTHING;
    },
    answer(bytes, at) {
      const asked = readSds011Command(bytes);
      const value = asked === null ? null : obey(state, asked, at);
      return asked === null || value === null ? null : writeSds011Reply({ ...asked, value }, identity);
    },
  };
}

function speaks(state: State, at: Instant): boolean {
  if (!state.working || state.periodMin === 0) return state.working;
  const over = Math.floor((at - state.periodSetAt - MEASURES_FOR_MS) / (state.periodMin * MINUTE_MS)) + 1;
  const isNew = over > state.said;
  state.said = over;
  return isNew;
}

/** Does what it is told, and gives the value that holds from now on; `null` when it says nothing. */
function obey(state: State, { command, sets, value }: Sds011Command, at: Instant): number | null {
  if (command === SDS011_WORK && (sets || state.working)) {
    if (sets) state.working = value === 1;
    return state.working ? 1 : 0;
  }
  if (!state.working || command !== SDS011_PERIOD) return null;
  if (sets) Object.assign(state, { periodMin: value, periodSetAt: at, said: 0 });
  return state.periodMin;
}
