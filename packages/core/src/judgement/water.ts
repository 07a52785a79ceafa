import { SOIL_WATER } from "../knowledge/bands/index.ts";

/**
 * Litres of rain a roof yields: area in m², rain in mm, runoff coefficient and filter efficiency as shares.
 * Source: TRCA/STEP LID wiki, rainwater harvesting.
 */
export function rainwaterYieldL(areaM2: number, rainMm: number, runoff: number, filter: number): number {
  return areaM2 * rainMm * runoff * filter;
}

/**
 * Plant-available share of soil water (0 wilting point, 1 field capacity) from volumetric water content in m³/m³.
 * Null for a texture the table does not know. Source: FAO-56 Table 19 (U).
 */
export function availableWaterShare(waterContent: number, texture: string): number | null {
  const row = SOIL_WATER.textures[texture];
  if (row === undefined) return null;
  const middle = ([lo, hi]: readonly [number, number]) => (lo + hi) / 2;
  const wilting = middle(row.wiltingPoint);
  return (waterContent - wilting) / (middle(row.fieldCapacity) - wilting);
}
