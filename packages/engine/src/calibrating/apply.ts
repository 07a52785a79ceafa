import type { AppliedCorrection } from "@ecolocal/core/api";
import type { Channel } from "@ecolocal/core/sensing";
import { type Correction, correctionName } from "@ecolocal/core/sensing/calibration";
import { err, type Failure, type Instant, ok, type Result, type Ulid } from "@ecolocal/core/shared";
import type { Store } from "../store/index.ts";
import { listCorrections, saveCorrections } from "./correction-store.ts";
import { catchUp, declareCorrection } from "./derive.ts";
import { epaOption } from "./fit.ts";

export interface ApplyWish {
  readonly correction: Correction;
  readonly expiresAt: Instant | null;
  readonly acceptUnvalidated: boolean;
}

/** So much of the past is corrected at once; the rest follows in the background. */
const FIRST_FILL_MS = 1000;

/** Makes the derived channel of a correction and fills it; a channel that has this correction gets the new parameters. */
export function applyToChannel(
  store: Store,
  source: Channel,
  driverId: string,
  { correction, expiresAt, acceptUnvalidated }: ApplyWish,
): Result<AppliedCorrection, Failure> {
  const allowed = checkAllowed(store, source, driverId, correction, acceptUnvalidated);
  if (!allowed.ok) return allowed;
  const name = correctionName(correction);
  const channel: Channel = { ...source, id: store.ids.next(), key: source.key === "" ? name : `${name} ${source.key}` };
  const applied: AppliedCorrection = {
    channelId: channel.id,
    sourceId: source.id,
    name,
    correction: { ...correction },
    createdAt: store.clock.now(),
    expiresAt,
    unvalidated: allowed.value.unvalidated,
  };
  // Another fit is another channel: what was derived before stays what it was.
  const isSame = (other: AppliedCorrection): boolean => other.sourceId === source.id && other.name === name;
  const before = listCorrections(store);
  const others = before.filter((other) => !isSame(other));
  const key = freeKey(store, channel);
  const saved = saveCorrections(store, [...others, applied], () => {
    const made = { ...channel, key };
    store.channels.add(made, store.clock.now());
    store.readings.registerChannel(made);
  });
  if (!saved.ok) return saved;
  for (const replaced of before.filter(isSame)) {
    const stopped = store.readings.stopDeriving(replaced.channelId);
    if (!stopped.ok) return stopped;
  }
  const declared = declareCorrection(store, applied);
  if (!declared.ok) return declared;
  const filled = catchUp(store, FIRST_FILL_MS);
  store.changes.notify("sensors", "readings");
  return filled.ok ? ok(applied) : filled;
}

export function removeCorrection(store: Store, channelId: Ulid): Result<Record<string, never>, Failure> {
  const saved = saveCorrections(
    store,
    listCorrections(store).filter((other) => other.channelId !== channelId),
  );
  if (!saved.ok) return saved;
  const stopped = store.readings.stopDeriving(channelId);
  if (!stopped.ok) return stopped;
  store.changes.notify("sensors");
  return ok({});
}

function checkAllowed(
  store: Store,
  source: Channel,
  driverId: string,
  correction: Correction,
  acceptUnvalidated: boolean,
): Result<{ readonly unvalidated: boolean }, Failure> {
  if (source.key.startsWith("corrected:"))
    return err(refusal("CALIBRATION_REFUSED", source, "This channel is corrected already."));
  if (correction.method === "co2-baseline" && source.quantity !== "co2") {
    return err(refusal("CALIBRATION_REFUSED", source, "A CO₂ baseline is for CO₂ only."));
  }
  if (!correction.method.startsWith("epa-")) return ok({ unvalidated: false });
  const option = epaOption(store, source, driverId);
  if (option === null || option.kind === "refused") {
    return err(refusal("CALIBRATION_REFUSED", source, option?.reason ?? "The EPA correction is for PM2.5 only."));
  }
  const fits = option.kind === "eligible" && option.method === correction.method;
  if (fits) return ok({ unvalidated: false });
  const reason = option.reason || `This sensor's values need ${option.method ?? "another form"}.`;
  return acceptUnvalidated ? ok({ unvalidated: true }) : err(refusal("CALIBRATION_UNVALIDATED", source, reason));
}

function freeKey(store: Store, { sensorId, quantity, key }: Channel): string {
  if (sensorId === null) return key;
  for (let i = 1; ; i++) {
    const candidate = i === 1 ? key : `${key} (${i})`;
    if (!store.channels.findOfSensor(sensorId, quantity, candidate)) return candidate;
  }
}

function refusal(code: "CALIBRATION_REFUSED" | "CALIBRATION_UNVALIDATED", channel: Channel, detail: string): Failure {
  return { code, op: "calibration.apply", subject: channel.id, detail, retry: "after-change" };
}
