import { createDeviceSimulator, type DecodeEvent, type DriverSpec } from "../../packages/core/src/sensing/index.ts";
import { createRandom } from "../../packages/core/src/shared/index.ts";

/** Bytes as a serial port delivers them. */
export const CHUNK = 4096;
const START = Date.UTC(2026, 0, 1);
const SEED = 5;
const MAPPING = [
  { key: "temp", quantity: "temperature", unit: "Cel" },
  { key: "rh", quantity: "humidity", unit: "%" },
  { key: "co2", quantity: "co2", unit: "[ppm]" },
] as const;

/** What a simulated device says until it has said `bytes`, and how many frames that are; `null` without a simulator. */
export function streamOf(
  driver: DriverSpec,
  bytes: number,
): { readonly stream: Uint8Array; readonly frames: number } | null {
  const device = createDeviceSimulator(driver.id, { random: createRandom(SEED) });
  if (device === undefined) return null;
  const parts = [device.boot()];
  let length = parts[0]?.length ?? 0;
  for (let at = START; length < bytes; at += driver.expectedIntervalMs) {
    const frame = device.frame(at);
    parts.push(frame);
    length += frame.length;
  }
  const stream = new Uint8Array(length);
  parts.reduce((offset, part) => {
    stream.set(part, offset);
    return offset + part.length;
  }, 0);
  return { stream, frames: parts.length - 1 };
}

/** Gives a stream chunk by chunk. */
export function* chunksOf(stream: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < stream.length; at += CHUNK) yield stream.subarray(at, at + CHUNK);
}

/** Decodes a stream as a session does and counts the frames; `withRaw` asks each for its raw fields, as `sensor decode` does. */
export function decodeOurs(driver: DriverSpec, stream: Uint8Array, withRaw = false): number {
  const decoder = driver.createDecoder({ mapping: MAPPING });
  let frames = 0;
  const count = (events: readonly DecodeEvent[]): void => {
    for (const event of events) if (event.kind === "frame" && !(withRaw && event.raw === undefined)) frames += 1;
  };
  for (const chunk of chunksOf(stream)) count(decoder.push(chunk));
  count(decoder.flush());
  return frames;
}
