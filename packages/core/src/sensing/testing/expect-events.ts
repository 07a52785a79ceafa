import type { AcceptedFrame, DecodeEvent } from "../decoder.ts";

/** The accepted frames among events. */
export function framesOf(events: readonly DecodeEvent[]): AcceptedFrame[] {
  return events.filter((event) => event.kind === "frame");
}

/** The refused stretches among events, as `[offset, length, code]`. */
export function refusalsOf(events: readonly DecodeEvent[]): (readonly [number, number, string])[] {
  return events.filter((event) => event.kind === "rejected").map(({ offset, length, code }) => [offset, length, code]);
}

/** Readings of a frame in short: `pm25 12.3 ug/m3`, with `/channel` and `!flags` where there are any. */
export function readingTexts(frame: AcceptedFrame | undefined): string[] {
  return (frame?.readings ?? []).map(({ quantity, value, unit, quality, channel }) => {
    const name = channel === undefined ? quantity : `${quantity}/${channel}`;
    return [name, value, unit, ...quality.map((flag) => `!${flag}`)].join(" ");
  });
}
