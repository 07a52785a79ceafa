import type { CalibrationFitView, CalibrationOptions } from "@ecolocal/core/api";
import type { Channel } from "@ecolocal/core/sensing";
import {
  type ColocationPair,
  epaEligibility,
  findCo2Baseline,
  fitColocation,
} from "@ecolocal/core/sensing/calibration";
import { DAY_MS, err, type Failure, HOUR_MS, type Instant, ok, type Result } from "@ecolocal/core/shared";
import type { Store } from "../store/index.ts";
import { findNeighbours, humidityState } from "./neighbours.ts";
import { readPoints } from "./points.ts";

export interface FitWish {
  readonly from: Instant;
  readonly to: Instant;
  readonly method: "linear" | "multilinear";
  readonly step: "hour" | "day";
}

const MAX_PAIRS_SHOWN = 2000;
const BASELINE_DAYS = 28;

/** Compares a channel with the one of a reference beside it. */
export function fitChannels(
  store: Store,
  channel: Channel,
  reference: Channel,
  { from, to, method, step }: FitWish,
): Result<CalibrationFitView, Failure> {
  if (channel.quantity !== reference.quantity || channel.id === reference.id) return err(mismatch(channel, reference));
  const pairs = readPairs(store, channel, reference, { from, to, stepMs: step === "day" ? DAY_MS : HOUR_MS });
  const fit = fitColocation(pairs, { quantity: channel.quantity, method });
  if (!fit.ok) return fit;
  const { correction, raw, corrected, residualHumidity, rawVerdict, correctedVerdict, warnings, ...rest } = fit.value;
  const stride = Math.ceil(pairs.length / MAX_PAIRS_SHOWN);
  const copy = (verdict: typeof rawVerdict): CalibrationFitView["rawVerdict"] =>
    verdict && { ...verdict, targets: verdict.targets.map((target) => ({ ...target })) };
  return ok({
    ...rest,
    correction: { ...correction },
    raw: { ...raw },
    corrected: { ...corrected },
    residualHumidity: residualHumidity && {
      correlation: residualHumidity.correlation,
      steps: residualHumidity.steps.map((each) => ({ ...each })),
    },
    rawVerdict: copy(rawVerdict),
    correctedVerdict: copy(correctedVerdict),
    warnings: [...warnings],
    pairs: pairs
      .filter((_, i) => i % stride === 0)
      .map(({ at, sensor, reference: value }) => ({ at, sensor, reference: value })),
  });
}

function readPairs(
  store: Store,
  channel: Channel,
  reference: Channel,
  { from, to, stepMs }: { readonly from: Instant; readonly to: Instant; readonly stepMs: number },
): ColocationPair[] {
  const { humidity, temperature } = findNeighbours(store, channel);
  const channelIds = [channel, reference, ...(humidity ? [humidity] : []), ...(temperature ? [temperature] : [])].map(
    ({ id }) => id,
  );
  const grid = store.readings.join({ channelIds, from, to, stepMs });
  const column = (wanted: Channel | undefined): Float64Array | undefined =>
    wanted && grid.mean[channelIds.indexOf(wanted.id)];
  const [sensors, references] = [column(channel), column(reference)];
  const [humid, warm] = [column(humidity), column(temperature)];
  const known = (values: Float64Array | undefined, i: number): number | undefined =>
    values === undefined || Number.isNaN(values[i]) ? undefined : values[i];
  return Array.from(grid.from, (at, i) => ({
    at,
    sensor: sensors?.[i] ?? Number.NaN,
    reference: references?.[i] ?? Number.NaN,
    humidity: known(humid, i),
    temperature: known(warm, i),
  })).filter(({ sensor, reference: value }) => !Number.isNaN(sensor) && !Number.isNaN(value));
}

/** What can be done for a channel without a reference. */
export function calibrationOptions(store: Store, channel: Channel, driverId: string): CalibrationOptions {
  return { epa: epaOption(store, channel, driverId), co2: co2Option(store, channel) };
}

export function epaOption(store: Store, channel: Channel, driverId: string): CalibrationOptions["epa"] {
  if (channel.quantity !== "pm25") return null;
  const humidity = humidityState(store, findNeighbours(store, channel).humidity);
  const found = epaEligibility({ quantity: channel.quantity, driverId, channelKey: channel.key, humidity });
  if (found.kind === "eligible") return { kind: found.kind, method: found.method, because: null, reason: "" };
  const method = found.kind === "unvalidated" ? "epa-pm25-piecewise" : null;
  return { kind: found.kind, method, because: found.because, reason: found.reason };
}

function co2Option(store: Store, channel: Channel): CalibrationOptions["co2"] {
  if (channel.quantity !== "co2") return null;
  const to = store.clock.now();
  const range = { channelId: channel.id, from: to - BASELINE_DAYS * DAY_MS, to };
  const points = Array.from(readPoints(store, range), ({ at, value }) => ({ at, ppm: value }));
  const found = findCo2Baseline(points);
  if (!found.ok) return { offsetPpm: null, lowestPpm: null, freshDays: 0, problem: found.error };
  const { correction, lowestPpm, freshDays } = found.value;
  return { offsetPpm: correction.offsetPpm, lowestPpm, freshDays, problem: null };
}

function mismatch(channel: Channel, reference: Channel): Failure<"CALIBRATION_MISMATCH"> {
  return {
    code: "CALIBRATION_MISMATCH",
    op: "calibration.fit",
    subject: channel.id,
    detail: `The sensor measures ${channel.quantity}, the reference ${reference.quantity}.`,
    hint: "Choose a reference of the same quantity, and another channel than the sensor's own.",
    retry: "after-change",
  };
}
