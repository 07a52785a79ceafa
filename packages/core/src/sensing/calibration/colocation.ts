import {
  DAY_MS,
  err,
  type Failure,
  HOUR_MS,
  type Instant,
  ok,
  type Quantity,
  type Result,
} from "../../shared/index.ts";
import { applyCorrection, type Correction } from "./correction.ts";
import { correlation, fitLeastSquares, mean } from "./least-squares.ts";
import { type Agreement, judgeAgreement, measureAgreement, type TargetVerdict } from "./performance.ts";

/** Means of one hour or day of a sensor and of the reference beside it. */
export interface ColocationPair {
  readonly at: Instant;
  readonly sensor: number;
  readonly reference: number;
  /** % from the sensor's own box. */
  readonly humidity?: number | undefined;
  /** °C from the sensor's own box. */
  readonly temperature?: number | undefined;
}

export type ColocationMethod = "linear" | "multilinear";

export type ColocationFailure = Failure<"CALIBRATION_TOO_SHORT" | "CALIBRATION_NO_VARIATION">;

/** What may be wrong with a fit although it could be made. */
export type ColocationWarning =
  | "shorter_than_14_days"
  | "shorter_than_30_days"
  | "narrow_range"
  | "residual_follows_humidity"
  | "worse_than_raw"
  | "targets_missed";

export interface ColocationFit {
  readonly correction: Extract<Correction, { readonly method: ColocationMethod }>;
  readonly n: number;
  readonly from: Instant;
  readonly to: Instant;
  /** After this the comparison has to be repeated. */
  readonly expiresAt: Instant;
  /** Sensor against reference as it is. */
  readonly raw: Agreement;
  /** After correction, of the pairs it was made from. */
  readonly corrected: Agreement;
  /** RMSE on pairs that the fit had not seen (five blocks of time in turn); what to expect from now on. */
  readonly expectedRmse: number;
  /** How what is left depends on humidity; `null` without humidity. */
  readonly residualHumidity: {
    readonly correlation: number;
    readonly steps: readonly { readonly fromPercent: number; readonly n: number; readonly meanResidual: number }[];
  } | null;
  readonly rawVerdict: TargetVerdict | null;
  readonly correctedVerdict: TargetVerdict | null;
  readonly warnings: readonly ColocationWarning[];
}

const SHORT_DAYS = 14;
/** Source: EPA/600/R-20/280 (2021), base testing: two deployments of 30 days. */
const EPA_DAYS = 30;
const FEWEST_PAIRS = 24;
/** Optical sensors age and seasons differ. */
const VALID_DAYS = 365;
const BLOCKS = 5;
const HUMIDITY_STEP = 10;
const TELLING_CORRELATION = 0.4;
/** Highest and lowest reference should differ at least by this share of their mean. */
const NARROW_SHARE = 0.5;

/**
 * Makes a correction from a time in which a sensor stood beside a reference.
 *
 * `linear` is reference ≈ a + b × sensor; `multilinear` adds humidity and temperature, as far as every pair has them.
 * Pairs are hourly or daily means, in any order. Refused with fewer than 24 pairs (`CALIBRATION_TOO_SHORT`) or where
 * something does not vary (`CALIBRATION_NO_VARIATION`).
 *
 * Source: shared facts "sensors.md" §5.3; Barkjohn et al. 2021 for the form with humidity.
 */
export function fitColocation(
  pairs: readonly ColocationPair[],
  options: { readonly quantity: Quantity; readonly method: ColocationMethod },
): Result<ColocationFit, ColocationFailure> {
  const usable = pairs.filter(isUsable).sort((a, b) => a.at - b.at);
  if (usable.length < FEWEST_PAIRS) return err(tooShort(usable.length));
  const correction = fitCorrection(usable, options.method);
  const raw = measureAgreement(
    usable.map(({ sensor }) => sensor),
    usable.map(({ reference }) => reference),
  );
  if (correction === null || raw === null) return err(noVariation());
  const corrected = agreementOf(correction, usable) ?? raw;
  const [from, to] = [usable[0]?.at ?? 0, usable.at(-1)?.at ?? 0];
  const residualHumidity = humidityOfResiduals(correction, usable);
  const rawVerdict = judgeAgreement(options.quantity, raw);
  const correctedVerdict = judgeAgreement(options.quantity, corrected);
  const expectedRmse = crossValidate(usable, options.method) ?? corrected.rmse;
  return ok({
    correction,
    n: usable.length,
    from,
    to,
    expiresAt: to + VALID_DAYS * DAY_MS,
    raw,
    corrected,
    expectedRmse,
    residualHumidity,
    rawVerdict,
    correctedVerdict,
    warnings: [
      ...spanWarnings(to - from),
      ...(isNarrow(usable) ? (["narrow_range"] as const) : []),
      ...(Math.abs(residualHumidity?.correlation ?? 0) > TELLING_CORRELATION
        ? (["residual_follows_humidity"] as const)
        : []),
      ...(expectedRmse >= raw.rmse ? (["worse_than_raw"] as const) : []),
      ...(correctedVerdict?.met === false ? (["targets_missed"] as const) : []),
    ],
  });
}

function isUsable({ sensor, reference, at }: ColocationPair): boolean {
  return Number.isFinite(sensor) && Number.isFinite(reference) && Number.isFinite(at);
}

function fitCorrection(pairs: readonly ColocationPair[], method: ColocationMethod): ColocationFit["correction"] | null {
  const reference = pairs.map((pair) => pair.reference);
  const sensor = pairs.map((pair) => pair.sensor);
  if (method === "linear") {
    const fit = fitLeastSquares([sensor], reference);
    return fit && { method, version: 1, intercept: fit.intercept, slope: fit.slopes[0] ?? 0 };
  }
  const humidity = complete(pairs.map((pair) => pair.humidity));
  const temperature = complete(pairs.map((pair) => pair.temperature));
  const columns = [sensor, ...(humidity ? [humidity] : []), ...(temperature ? [temperature] : [])];
  const fit = columns.length > 1 ? fitLeastSquares(columns, reference) : null;
  if (fit === null) return null;
  return {
    method,
    version: 1,
    intercept: fit.intercept,
    slope: fit.slopes[0] ?? 0,
    perHumidity: humidity ? (fit.slopes[1] ?? 0) : 0,
    perTemperature: temperature ? (fit.slopes[humidity ? 2 : 1] ?? 0) : 0,
  };
}

/** The values, where every pair has one. */
function complete(values: readonly (number | undefined)[]): number[] | null {
  const known = values.filter((value) => value !== undefined && Number.isFinite(value)) as number[];
  return known.length === values.length ? known : null;
}

function agreementOf(correction: Correction, pairs: readonly ColocationPair[]): Agreement | null {
  const values = pairs.map((pair) => correctPair(correction, pair));
  return measureAgreement(
    values,
    pairs.map(({ reference }) => reference),
  );
}

function correctPair(correction: Correction, { sensor, humidity, temperature }: ColocationPair): number {
  return applyCorrection(correction, { value: sensor, humidity, temperature }) ?? Number.NaN;
}

/** Fits on four fifths of the time and tests on the fifth that was left out, five times. */
function crossValidate(pairs: readonly ColocationPair[], method: ColocationMethod): number | null {
  const size = Math.ceil(pairs.length / BLOCKS);
  const squares: number[] = [];
  for (let block = 0; block < BLOCKS; block++) {
    const isTest = (i: number): boolean => Math.floor(i / size) === block;
    const correction = fitCorrection(
      pairs.filter((_, i) => !isTest(i)),
      method,
    );
    if (correction === null) return null;
    for (const pair of pairs.filter((_, i) => isTest(i))) {
      squares.push((correctPair(correction, pair) - pair.reference) ** 2);
    }
  }
  return squares.length === 0 ? null : Math.sqrt(mean(squares));
}

function humidityOfResiduals(
  correction: Correction,
  pairs: readonly ColocationPair[],
): ColocationFit["residualHumidity"] {
  const humid = pairs.flatMap((pair) =>
    pair.humidity === undefined
      ? []
      : [{ percent: pair.humidity, residual: correctPair(correction, pair) - pair.reference }],
  );
  if (humid.length < FEWEST_PAIRS) return null;
  const steps = Array.from({ length: 100 / HUMIDITY_STEP }, (_, i) => {
    const fromPercent = i * HUMIDITY_STEP;
    const inside = humid.filter(({ percent }) => Math.min(Math.floor(percent / HUMIDITY_STEP), 9) === i);
    return { fromPercent, n: inside.length, meanResidual: mean(inside.map(({ residual }) => residual)) };
  });
  return {
    correlation: correlation(
      humid.map(({ percent }) => percent),
      humid.map(({ residual }) => residual),
    ),
    steps: steps.filter(({ n }) => n > 0),
  };
}

function spanWarnings(spanMs: number): ColocationWarning[] {
  const days = (spanMs + HOUR_MS) / DAY_MS;
  if (days < SHORT_DAYS) return ["shorter_than_14_days"];
  return days < EPA_DAYS ? ["shorter_than_30_days"] : [];
}

function isNarrow(pairs: readonly ColocationPair[]): boolean {
  const values = pairs.map(({ reference }) => reference).sort((a, b) => a - b);
  // Percentiles, because one peak does not make a range.
  const at = (share: number): number => values[Math.round((values.length - 1) * share)] ?? 0;
  return at(0.95) - at(0.05) < NARROW_SHARE * Math.abs(mean(values));
}

function tooShort(pairs: number): ColocationFailure {
  return {
    code: "CALIBRATION_TOO_SHORT",
    op: "fit correction",
    subject: "co-location",
    detail: `There are ${pairs} hours with both sensor and reference; ${FEWEST_PAIRS} are the least, two weeks are good.`,
    hint: "Leave the sensor beside the reference for at least 14 days.",
    retry: "after-change",
  };
}

function noVariation(): ColocationFailure {
  return {
    code: "CALIBRATION_NO_VARIATION",
    op: "fit correction",
    subject: "co-location",
    detail: "The values do not vary enough, or not independently of each other, to fit a correction.",
    hint: "Compare over changing weather, or fit without humidity and temperature.",
    retry: "after-change",
  };
}
