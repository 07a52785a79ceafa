/** The part of the world that a map shows, degrees. */
export interface ShownBounds {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

type Line = readonly (readonly [longitude: number, latitude: number])[];

const LINES_WANTED = 6;
const STEPS = [0.0001, 0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30];
/** Where the projection of web maps ends. */
const MAX_LATITUDE = 85;

/** Meridians and parallels at a round distance, about six of each: a map without map data still has something to hold on to. */
export function graticule({ west, south, east, north }: ShownBounds): Line[] {
  const span = Math.max(east - west, north - south);
  const step = STEPS.find((size) => span / size <= LINES_WANTED) ?? 30;
  const [bottom, top] = [Math.max(south, -MAX_LATITUDE), Math.min(north, MAX_LATITUDE)];
  const meridians = multiples(west, east, step).map(
    (x): Line => [
      [x, bottom],
      [x, top],
    ],
  );
  const parallels = multiples(bottom, top, step).map(
    (y): Line => [
      [west, y],
      [east, y],
    ],
  );
  return [...meridians, ...parallels];
}

function multiples(from: number, to: number, step: number): number[] {
  const first = Math.ceil(from / step);
  return Array.from({ length: Math.max(0, Math.floor(to / step) - first + 1) }, (_, i) => (first + i) * step);
}
