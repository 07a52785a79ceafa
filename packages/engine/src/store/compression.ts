import type { Failure, Result } from "@ecolocal/core/shared";
import type { Store } from "./store.ts";

const SETTING = "readings.compressionPaused";

/** Whether somebody holds the compression in the background back; it stays so over restarts. */
export function isCompressionPaused({ settings }: Pick<Store, "settings">): boolean {
  return settings.get(SETTING) === true;
}

export function pauseCompression({ db, settings }: Store, paused: boolean): Result<void, Failure> {
  return db.write("data.pauseCompression", SETTING, () => settings.set(SETTING, paused ? true : undefined));
}
