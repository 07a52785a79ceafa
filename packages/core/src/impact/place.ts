import type { Factor, Knowledge, Span, Verification } from "../knowledge/index.ts";

/** What is known about where the group is; both fields widen or narrow factors that depend on the place. */
export interface PlaceContext {
  /** ISO 3166-1 alpha-3 (`DEU`), or the code of a region of the grid table (`EU`). */
  readonly country?: string;
  /** Degrees, north positive. */
  readonly latitude?: number;
}

export interface ResolvedFactor {
  readonly span: Span;
  readonly ver: Verification;
  /** Says which place the value stands for; absent for factors that depend on none. */
  readonly place?: string;
}

/** A factor's range at a place: grid intensity by country, solar yield by latitude, everything else as it stands. */
export function resolveFactor(factor: Factor, place: PlaceContext, knowledge: Knowledge): ResolvedFactor {
  if (factor.resolver === "grid_intensity") return resolveGrid(place, knowledge) ?? plain(factor);
  if (factor.resolver === "pv_yield_by_latitude") return resolvePvYield(place, knowledge) ?? plain(factor);
  return plain(factor);
}

function plain(factor: Factor): ResolvedFactor {
  return { span: [factor.lo, factor.likely, factor.hi], ver: factor.ver };
}

function resolveGrid(place: PlaceContext, { places: { grid } }: Knowledge): ResolvedFactor | null {
  const areaOf = (code: string | undefined) => grid.areas.find((area) => area.code === code);
  const known = areaOf(place.country);
  const area = known ?? areaOf(grid.fallback);
  if (area === undefined) return null;
  const kg = area.gPerKwh / 1000;
  // The world average says little about an unknown country, so it stands only as an assumption.
  return { span: [kg * grid.lowMult, kg, kg * grid.highMult], ver: known ? grid.ver : "A", place: area.name };
}

function resolvePvYield(place: PlaceContext, { places: { pvYield } }: Knowledge): ResolvedFactor | null {
  if (place.latitude === undefined) return null;
  const latitude = Math.abs(place.latitude);
  const band = pvYield.bands.find(({ latFrom, latTo }) => latitude >= latFrom && latitude < latTo);
  return band === undefined ? null : { span: band.span, ver: pvYield.ver, place: `${band.latFrom}–${band.latTo}°` };
}
