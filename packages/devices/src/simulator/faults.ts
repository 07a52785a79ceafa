import type { Random } from "@ecolocal/core/shared";

/** What can go wrong with a frame on its way. */
export const FAULT_KINDS = ["drop", "corrupt", "split", "duplicate", "garbage", "stall", "unplug"] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** Chance of each fault per frame, 0 to 1. */
export type FaultRates = Readonly<Partial<Record<FaultKind, number>>>;

/** What becomes of a frame: the pieces to send, a pause after them, and how long the device is away. */
export interface FaultyFrame {
  readonly pieces: readonly Uint8Array[];
  readonly pauseMs: number;
  readonly unplugMs: number;
}

const GARBAGE_LENGTH = 32;
const STALL_MS = 20_000;
const UNPLUG_MS = 5000;

/** Lets the dice decide which faults a frame suffers. */
export function applyFaults(frame: Uint8Array, rates: FaultRates, random: Random): FaultyFrame {
  const strikes = (kind: FaultKind): boolean => (rates[kind] ?? 0) > 0 && random() < (rates[kind] ?? 0);
  const pieces: Uint8Array[] = [];
  if (strikes("garbage")) pieces.push(Uint8Array.from({ length: GARBAGE_LENGTH }, () => Math.floor(random() * 256)));
  if (!strikes("drop")) {
    const sent = strikes("corrupt") ? corrupted(frame, random) : frame;
    const cut = strikes("split") ? Math.floor(random() * sent.length) : sent.length;
    pieces.push(sent.subarray(0, cut), sent.subarray(cut));
    if (strikes("duplicate")) pieces.push(sent);
  }
  return {
    pieces: pieces.filter((piece) => piece.length > 0),
    pauseMs: strikes("stall") ? STALL_MS : 0,
    unplugMs: strikes("unplug") ? UNPLUG_MS : 0,
  };
}

function corrupted(frame: Uint8Array, random: Random): Uint8Array {
  const at = Math.floor(random() * frame.length);
  return frame.with(at, (frame[at] ?? 0) ^ (1 + Math.floor(random() * 255)));
}
