/** Where a sensor stands, in degrees of WGS 84; north and east are positive. */
export interface Position {
  readonly latitude: number;
  readonly longitude: number;
}

const DEGREES = /^([-+]?\d{1,3}(?:[.,]\d+)?)\s*°?\s*([NSEWO])?$/i;

/**
 * Reads a position as maps and receivers write it: `52.0907, 5.1214`, `52,0907; 5,1214`, `52.0907° N 5.1214° E`.
 * Null where it is none, or lies outside ±90 and ±180.
 */
export function parsePosition(text: string): Position | null {
  const parts = splitPair(text.trim());
  const [latitude, longitude] = parts.map(toDegrees);
  if (parts.length !== 2 || latitude === undefined || longitude === undefined) return null;
  if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) return null;
  return { latitude, longitude };
}

function splitPair(text: string): string[] {
  if (text.includes(";")) return text.split(";").map((part) => part.trim());
  const letters = text.match(/^(.*[NS])[,\s]*(.*[EWO])$/i);
  if (letters) return letters.slice(1).map((part) => part.trim());
  // A comma with a space after it separates; alone between digits it is a decimal mark if there are two of them.
  const separated = text.split(/,\s+|\s+/);
  return separated.length === 2 ? separated : text.split(",").map((part) => part.trim());
}

function toDegrees(text: string): number | undefined {
  const found = DEGREES.exec(text);
  if (!found) return undefined;
  const degrees = Number(found[1]?.replace(",", "."));
  return /[SW]/i.test(found[2] ?? "") ? -degrees : degrees;
}

const FRACTION_DIGITS = 5;

/** A position as `parsePosition` reads it, to about a metre. */
export function formatPosition({ latitude, longitude }: Position): string {
  return `${latitude.toFixed(FRACTION_DIGITS)}, ${longitude.toFixed(FRACTION_DIGITS)}`;
}
