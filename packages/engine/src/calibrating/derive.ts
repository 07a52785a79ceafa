import type { AppliedCorrection } from "@ecolocal/core/api";
import { type Channel, QUALITY_BITS } from "@ecolocal/core/sensing";
import { applyCorrection, type Correction, correctionNeeds } from "@ecolocal/core/sensing/calibration";
import { reviewQuality, WATCH_MEMORY_MS } from "@ecolocal/core/series";
import { type Failure, HOUR_MS, ok, type Result } from "@ecolocal/core/shared";
import type { Derivation } from "@ecolocal/db/readings";
import type { Store } from "../store/index.ts";
import { listCorrections } from "./correction-store.ts";
import { findNeighbours } from "./neighbours.ts";

/** A humidity older than this says nothing about the dust of now. */
const NEIGHBOUR_AGE_MS = HOUR_MS;
/**
 * Declares every correction in force to the store, which keeps their channels in step from then on: with new readings,
 * with late and changed ones, and with all of the past. Called before readings are written, and again when channels
 * came or went.
 */
export function declareCorrections(store: Store): Result<void, Failure> {
  for (const applied of listCorrections(store)) {
    const declared = declareCorrection(store, applied);
    if (!declared.ok) return declared;
  }
  return ok(undefined);
}

export function declareCorrection(store: Store, applied: AppliedCorrection): Result<void, Failure> {
  const source = store.channels.find(applied.sourceId);
  return source === null ? ok(undefined) : store.readings.derive(derivationOf(store, source, applied));
}

/** Brings corrected channels up to date for about `budgetMs`; true once nothing is left to do. */
export function catchUp(store: Store, budgetMs: number): Result<boolean, Failure> {
  const step = store.readings.deriveStep(budgetMs);
  if (!step.ok) return step;
  if (step.value.days > 0) store.changes.notify("readings");
  return ok(step.value.done);
}

/**
 * A value whose neighbours are missing gets no corrected one, nor does one whose neighbour stood still: a humidity
 * sensor stuck at its end would correct every value by a constant.
 */
function derivationOf(store: Store, source: Channel, { channelId, ...applied }: AppliedCorrection): Derivation {
  const correction: Correction = applied.correction;
  const needs = correctionNeeds(correction);
  const neighbours = findNeighbours(store, source);
  const wanted = [
    ...(needs.humidity ? [{ name: "humidity" as const, channel: neighbours.humidity }] : []),
    ...(needs.temperature ? [{ name: "temperature" as const, channel: neighbours.temperature }] : []),
  ];
  const present = wanted.flatMap(({ name, channel }) => (channel === undefined ? [] : [{ name, channel }]));
  const inputs = [source, ...present.map(({ channel }) => channel)];
  return {
    target: channelId,
    inputs: inputs.map(({ id }) => id),
    longestLagMs: NEIGHBOUR_AGE_MS,
    version: JSON.stringify([correction, inputs.map(({ id }) => id)]),
    marks: QUALITY_BITS.corrected,
    vetting: {
      reachMs: WATCH_MEMORY_MS,
      rejected: (input, { at, value, length }) => {
        const { quantity, intervalMs } = inputs[input] ?? source;
        const quality = new Uint16Array(length);
        const bits = reviewQuality({ at, value, quality }, { quantity, intervalMs, now: store.clock.now() });
        return Array.from(bits, (each) => (each & QUALITY_BITS.stuck) !== 0);
      },
    },
    compute: ([value = Number.NaN, ...around]) => {
      const known = Object.fromEntries(present.map(({ name }, i) => [name, around[i]]));
      return applyCorrection(correction, { value, ...known });
    },
  };
}
