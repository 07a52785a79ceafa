import type { AppliedCorrection } from "@ecolocal/core/api";
import type { Failure, Result, Ulid } from "@ecolocal/core/shared";
import type { Store } from "../store/index.ts";

const SETTING = "corrections";

/** The corrections of a workspace, as definitions of their derived channels. */
export function listCorrections(store: Store): AppliedCorrection[] {
  const stored = store.settings.get(SETTING);
  return typeof stored === "string" ? (JSON.parse(stored) as AppliedCorrection[]) : [];
}

export function findCorrection(store: Store, channelId: Ulid): AppliedCorrection | undefined {
  return listCorrections(store).find((correction) => correction.channelId === channelId);
}

/** Keeps the definitions; `inside` runs in the same transaction. */
export function saveCorrections(
  store: Store,
  corrections: readonly AppliedCorrection[],
  inside: () => void = () => undefined,
): Result<void, Failure> {
  return store.db.write("calibration.save", SETTING, () => {
    inside();
    store.settings.set(SETTING, JSON.stringify(corrections));
  });
}
