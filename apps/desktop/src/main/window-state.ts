import { readFileSync, renameSync, writeFileSync } from "node:fs";

/** Where a window stands, in device-independent pixels. */
export interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface WindowState {
  readonly bounds: Bounds;
  readonly maximized: boolean;
}

export const SMALLEST_WINDOW = { width: 360, height: 480 } as const;
const FIRST_WINDOW = { width: 1180, height: 800 } as const;
/** How much of the title bar must be on a screen, so that the window can be taken hold of. */
const GRIP_PX = 80;

/**
 * Places the window where it was, or centred on the first screen when that place no longer exists
 * (a screen was unplugged) or nothing sensible was remembered.
 */
export function placeWindow(remembered: unknown, workAreas: readonly Bounds[]): WindowState {
  const area = workAreas[0] ?? { x: 0, y: 0, ...FIRST_WINDOW };
  const state = isWindowState(remembered) ? remembered : null;
  if (state && workAreas.some((screen) => isReachable(state.bounds, screen))) {
    return { bounds: { ...state.bounds, ...sizeWithin(state.bounds) }, maximized: state.maximized };
  }
  const width = Math.min(FIRST_WINDOW.width, area.width);
  const height = Math.min(FIRST_WINDOW.height, area.height);
  const x = area.x + Math.floor((area.width - width) / 2);
  const y = area.y + Math.floor((area.height - height) / 2);
  return { bounds: { x, y, width, height }, maximized: false };
}

/** Reads what `writeWindowState` wrote; a missing or damaged file is no reason to bother anyone. */
export function readWindowState(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return null;
  }
}

/** Keeps the state; through a second name, so that a full disk leaves the old one whole. */
export function writeWindowState(file: string, state: WindowState): void {
  try {
    writeFileSync(`${file}.new`, JSON.stringify(state));
    renameSync(`${file}.new`, file);
  } catch {
    // Losing a window position is not worth a message.
  }
}

function sizeWithin(bounds: Bounds): { width: number; height: number } {
  return {
    width: Math.max(bounds.width, SMALLEST_WINDOW.width),
    height: Math.max(bounds.height, SMALLEST_WINDOW.height),
  };
}

function isReachable(window: Bounds, screen: Bounds): boolean {
  const overlap = Math.min(window.x + window.width, screen.x + screen.width) - Math.max(window.x, screen.x);
  return overlap >= GRIP_PX && window.y >= screen.y && window.y <= screen.y + screen.height - GRIP_PX;
}

function isWindowState(value: unknown): value is WindowState {
  if (typeof value !== "object" || value === null || !("bounds" in value) || !("maximized" in value)) {
    return false;
  }
  const bounds: unknown = value.bounds;
  return (
    typeof value.maximized === "boolean" &&
    typeof bounds === "object" &&
    bounds !== null &&
    ["x", "y", "width", "height"].every((side) => Number.isInteger(Reflect.get(bounds, side)))
  );
}
