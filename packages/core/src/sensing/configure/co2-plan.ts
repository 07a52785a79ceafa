import { err, type Failure, ok, type Result } from "../../shared/index.ts";
import { modbusRequest, modbusWrite, READ_HOLDING } from "../framing/modbus.ts";

/** What can be changed in a CO2 sensor. */
export type Co2Change =
  /** The automatic baseline (ABC, ASC) takes the lowest value of some days for fresh air. */
  | { readonly kind: "baseline"; readonly on: boolean }
  /** Says what the sensor breathes now: fresh air, or for an SCD30 a known concentration. */
  | { readonly kind: "calibrate"; readonly ppm: number };

/** One request to the device. */
export interface ConfigureStep {
  readonly request: Uint8Array;
  /** Nothing is said to it by the book: not waited for. */
  readonly unanswered?: boolean;
  /** Rest before the next step. */
  readonly thenWaitMs?: number;
  /** Whether an answer says that the change holds; only the last step of a plan that can be read back has it. */
  readonly confirms?: (answer: Uint8Array) => boolean;
}

/** How a change is made, and how long the sensor must have been in fresh air before. */
export interface ConfigurePlan {
  readonly steps: readonly ConfigureStep[];
  /** 0 where the air does not matter. */
  readonly minutesInFreshAir: number;
}

export type ConfigureFailure = Failure<"SENSING_CANNOT_CONFIGURE">;

/** What fresh air has, in ppm. */
export const FRESH_AIR_PPM = 400;
const LOWEST_PPM = 400;
const HIGHEST_PPM = 2000;

const SENSEAIR = 0xfe;
/** Holding registers by protocol address: acknowledgement, command, period of the automatic baseline in hours. */
const [ACKNOWLEDGED, COMMAND, ABC_PERIOD] = [0x00, 0x01, 0x1f];
const BACKGROUND_CALIBRATION = 0x7c06;
const BACKGROUND_DONE = 1 << 5;
const ABC_HOURS = 180;
/** One measuring cycle of the lamp and a little more. */
const SENSEAIR_CYCLE_MS = 5000;

const SCD30 = 0x61;
const [FORCED_CALIBRATION, SELF_CALIBRATION] = [0x39, 0x3a];

type Planner = (change: Co2Change) => ConfigurePlan;

const PLANNERS: ReadonlyMap<string, Planner> = new Map([
  ["mhz19", planMhz19],
  ["senseair", planSenseair],
  ["scd30", planScd30],
]);

/** Drivers whose sensor can be configured. */
export const CONFIGURABLE_DRIVERS: readonly string[] = [...PLANNERS.keys()];

/**
 * Plans how a CO2 sensor is told about its baseline, byte for byte.
 *
 * An MH-Z19 and a SenseAir only know fresh air (400 ppm); an SCD30 takes 400 to 2000 ppm. An MH-Z19 cannot be asked
 * whether it obeyed.
 *
 * Source: Winsen, MH-Z19B user's manual v1.6 (commands 79, 87; 20 min at 400 ppm). Senseair, Modbus on Senseair S8,
 * TDE2067, and Modbus on CO2 Engine and eSENSE, TDE2336 (HR1, HR2, HR32). Sensirion, SCD30 Interface Description V0.94,
 * §1.4.6 and §1.4.7 (2 min in stable air at least).
 */
export function planCo2Change(driverId: string, change: Co2Change): Result<ConfigurePlan, ConfigureFailure> {
  const planner = PLANNERS.get(driverId);
  if (planner === undefined) return err(cannot(driverId, `Sensors of the driver ${driverId} cannot be configured.`));
  if (change.kind === "calibrate") {
    const { ppm } = change;
    const known = driverId === "scd30" ? ppm >= LOWEST_PPM && ppm <= HIGHEST_PPM : ppm === FRESH_AIR_PPM;
    const takes =
      driverId === "scd30" ? `${LOWEST_PPM} to ${HIGHEST_PPM} ppm` : `fresh air only (${FRESH_AIR_PPM} ppm)`;
    if (!known || !Number.isInteger(ppm)) return err(cannot(driverId, `It can be calibrated to ${takes}.`));
  }
  return ok(planner(change));
}

function planMhz19(change: Co2Change): ConfigurePlan {
  if (change.kind === "baseline") {
    return { steps: [{ request: mhz19Command(0x79, change.on ? 0xa0 : 0), unanswered: true }], minutesInFreshAir: 0 };
  }
  return { steps: [{ request: mhz19Command(0x87, 0), unanswered: true }], minutesInFreshAir: 20 };
}

function mhz19Command(command: number, value: number): Uint8Array {
  return Uint8Array.of(0xff, 0x01, command, value, 0, 0, 0, 0, -(0x01 + command + value));
}

function planSenseair(change: Co2Change): ConfigurePlan {
  if (change.kind === "baseline") {
    const hours = change.on ? ABC_HOURS : 0;
    return {
      steps: [
        { request: modbusWrite(SENSEAIR, ABC_PERIOD, hours) },
        readBack(SENSEAIR, ABC_PERIOD, (is) => is === hours),
      ],
      minutesInFreshAir: 0,
    };
  }
  return {
    steps: [
      { request: modbusWrite(SENSEAIR, ACKNOWLEDGED, 0) },
      { request: modbusWrite(SENSEAIR, COMMAND, BACKGROUND_CALIBRATION), thenWaitMs: SENSEAIR_CYCLE_MS },
      readBack(SENSEAIR, ACKNOWLEDGED, (is) => (is & BACKGROUND_DONE) !== 0),
    ],
    minutesInFreshAir: 20,
  };
}

function planScd30(change: Co2Change): ConfigurePlan {
  const [register, value] =
    change.kind === "baseline" ? [SELF_CALIBRATION, change.on ? 1 : 0] : [FORCED_CALIBRATION, change.ppm];
  return {
    steps: [{ request: modbusWrite(SCD30, register, value) }, readBack(SCD30, register, (is) => is === value)],
    minutesInFreshAir: change.kind === "calibrate" ? 2 : 0,
  };
}

/** Reads one holding register, whose answer is `unit 03 02 hi lo crc crc`. */
function readBack(unit: number, register: number, holds: (value: number) => boolean): ConfigureStep {
  return {
    request: modbusRequest(unit, READ_HOLDING, register, 1),
    confirms: (answer) => answer[1] === READ_HOLDING && holds(((answer[3] ?? 0) << 8) | (answer[4] ?? 0)),
  };
}

function cannot(driverId: string, detail: string): ConfigureFailure {
  return {
    code: "SENSING_CANNOT_CONFIGURE",
    op: "configure sensor",
    subject: driverId,
    detail,
    hint: "MH-Z19, SenseAir and SCD30 sensors know their baseline: --auto-baseline on, off, or --calibrate.",
    retry: "after-change",
  };
}
