/** What a person may choose about asking a device. */
export interface PollSettings {
  /** Member of the driver's family (`DecoderOptions.variant`): meter model and address, mode of an infrared meter. */
  readonly variant?: string;
  /** Time between two measurements; each driver has a good default and keeps to what its device can do. */
  readonly intervalMs?: number;
  /**
   * Laser and fan rest between measurements, which are so far apart (one to thirty minutes); 0 is all the time. Absent:
   * as the sensor was left, which is all the time unless somebody set it.
   */
  readonly measureEveryMs?: number;
}

/** The wanted interval, no shorter than the device allows. */
export function intervalOf({ intervalMs }: PollSettings, defaultMs: number, minMs: number): number {
  return Math.max(intervalMs ?? defaultMs, minMs);
}
