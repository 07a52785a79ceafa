import type { Instant, Random } from "../../shared/index.ts";
import type { LineStyle } from "./lines.ts";

/** A pretended device: bytes as the real one sends them, the same for the same seed and times. */
export interface DeviceSimulator {
  /** What the device prints once after it is switched on; empty for most. */
  boot(): Uint8Array;
  /** The frame that the device sends at an instant; call it with times in order. */
  frame(at: Instant): Uint8Array;
  /** What a device that is asked says to a request; `null` when it says nothing. Absent for devices that speak by themselves. */
  answer?(request: Uint8Array, at: Instant): Uint8Array | null;
}

export interface SimulatorOptions {
  readonly random: Random;
  /** Style of the text-line device. Default `json`. */
  readonly lineStyle?: LineStyle;
  /** Identity of devices that have one. */
  readonly identity?: string;
  /** Member of the driver's family (`DriverSpec.variants`); the first one by default. */
  readonly variant?: string;
}

export const NOTHING: Uint8Array = new Uint8Array(0);
