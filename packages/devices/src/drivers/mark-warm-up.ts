import type { AcceptedFrame } from "@ecolocal/core/sensing";

/** Adds `warming_up` to every reading of a frame that does not have it. */
export function markWarmUp(frame: AcceptedFrame): AcceptedFrame {
  return {
    ...frame,
    readings: frame.readings.map((reading) =>
      reading.quality.includes("warming_up") ? reading : { ...reading, quality: [...reading.quality, "warming_up"] },
    ),
  };
}

/** A frame tells something only if one of its readings can be used. */
export function isMeasurement(frame: AcceptedFrame): boolean {
  return frame.readings.some(({ quality }) => !quality.includes("warming_up"));
}
