import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, extname, join, resolve } from "node:path";
import { type AcceptedFrame, type DecodeEvent, type DecoderOptions, driverById } from "@ecolocal/core/sensing";
import { createRandom } from "@ecolocal/core/shared";
import { describe, expect, test } from "vitest";

/** Where captures of real devices are, when they are at hand. */
export const CAPTURES: string = resolve(
  process.env["CAPTURES_DIR"] ?? join(import.meta.dirname, "../../../../shared/captures"),
);

const CHUNK_LENGTHS = [1, 7, 64, 4096];

export interface Capture<Expected> {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly expected: Expected;
}

/** Tests that need the captures; without them one test is skipped and says why. */
export function describeCaptures(title: string, body: () => void): void {
  if (existsSync(CAPTURES)) {
    describe(title, body);
    return;
  }
  test(title, (context) => {
    context.skip(`captures of real devices are not at hand: neither CAPTURES_DIR nor ${CAPTURES} is there`);
  });
}

/** The captures of a folder with what is expected of each; none when the folder is not at hand. */
export function capturesIn<Expected>(folder: string): Capture<Expected>[] {
  const path = join(CAPTURES, folder);
  if (!existsSync(path)) return [];
  const expectedOf = (name: string): string => join(path, `${basename(name, extname(name))}.expected.json`);
  return readdirSync(path)
    .filter((name) => !name.endsWith(".expected.json") && existsSync(expectedOf(name)))
    .map((name) => ({
      name,
      bytes: new Uint8Array(readFileSync(join(path, name))),
      expected: JSON.parse(readFileSync(expectedOf(name), "utf8")) as Expected,
    }));
}

/** A file of vectors. */
export function vectorsIn<Vectors>(file: string): Vectors {
  return JSON.parse(readFileSync(join(CAPTURES, file), "utf8")) as Vectors;
}

export function hexBytes(hex: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hex, "hex"));
}

/** Decodes bytes in every chunking, which must not matter, and accounts for every byte. */
export function eventsOf(driverId: string, bytes: Uint8Array, options: DecoderOptions = {}): DecodeEvent[] {
  const whole = decode(driverId, bytes, options, () => bytes.length + 1);
  for (const length of CHUNK_LENGTHS) expect(decode(driverId, bytes, options, () => length)).toEqual(whole);
  const random = createRandom(bytes.length);
  expect(decode(driverId, bytes, options, () => 1 + Math.floor(random() * 200))).toEqual(whole);
  expect(whole.reduce((sum, event) => sum + event.length, 0)).toBe(bytes.length);
  return whole;
}

export function framesOf(driverId: string, bytes: Uint8Array, options: DecoderOptions = {}): AcceptedFrame[] {
  return eventsOf(driverId, bytes, options).filter((event) => event.kind === "frame");
}

/** The value of one reading; refuses to pass over a unit that is not the expected one. */
export function readValue(frame: AcceptedFrame | undefined, quantity: string, unit: string, channel?: string): number {
  const reading = frame?.readings.find((each) => each.quantity === quantity && each.channel === channel);
  if (reading === undefined) throw new TypeError(`There is no ${quantity} ${channel ?? ""} in the frame.`);
  expect(reading.unit).toBe(unit);
  return reading.value;
}

function decode(driverId: string, bytes: Uint8Array, options: DecoderOptions, nextLength: () => number): DecodeEvent[] {
  const decoder = driverById(driverId)?.createDecoder(options);
  if (decoder === undefined) throw new TypeError(`There is no driver ${driverId}.`);
  const events: DecodeEvent[] = [];
  for (let at = 0, length = 0; at < bytes.length; at += length) {
    length = nextLength();
    events.push(...decoder.push(bytes.subarray(at, at + length)));
  }
  return [...events, ...decoder.flush()];
}
