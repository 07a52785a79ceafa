import type { PlaceContext } from "@ecolocal/core/impact";
import type { Occupancy } from "@ecolocal/core/recommendation";
import type { SettingsRepository } from "@ecolocal/db/workspace";

const OCCUPANCY = "workspace.occupancy";
const REGION = "workspace.placeContext";

/** What a group says about itself that judgements depend on; each part is absent until someone says it. */
export interface Circumstances {
  readonly occupancy?: Occupancy;
  readonly place?: PlaceContext;
}

export function readCircumstances(settings: SettingsRepository): Circumstances {
  const occupancy = settings.get(OCCUPANCY) as Occupancy | undefined;
  const place = settings.get(REGION) as PlaceContext | undefined;
  return { ...(occupancy === undefined ? {} : { occupancy }), ...(place === undefined ? {} : { place }) };
}

/** Stores what changed; `null` forgets it. Belongs inside `db.write`. */
export function writeCircumstances(
  settings: SettingsRepository,
  change: { readonly occupancy?: Occupancy | null | undefined; readonly region?: object | null | undefined },
): void {
  if (change.occupancy !== undefined) settings.set(OCCUPANCY, change.occupancy ?? undefined);
  if (change.region !== undefined) settings.set(REGION, change.region ?? undefined);
}
