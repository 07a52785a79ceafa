import type { Decoder } from "../decoder.ts";
import {
  broken,
  createByteFramer,
  type FrameCandidate,
  type FrameRule,
  NONE,
  refused,
  type Verdict,
  WAIT,
} from "../framing/byte-framer.ts";
import type { FieldValue } from "../framing/fields.ts";
import { CHECKSUMS, readChecksum } from "./checksums.ts";
import { fieldReading } from "./field-reading.ts";
import { NUMBER_TYPES, readNumber } from "./number-types.ts";
import type { BinaryDevice } from "./schema.ts";

/** Makes a decoder of a checked description of binary frames. */
export function createBinaryDecoder(device: BinaryDevice): Decoder {
  return createByteFramer(compileRule(device));
}

type FrameKind = "reading" | "not_a_reading" | "unsupported";

function compileRule(device: BinaryDevice): FrameRule {
  const { frame } = device;
  const start = hexToBytes(frame.start);
  const end = frame.end === undefined ? new Uint8Array(0) : hexToBytes(frame.end);
  const kindOf = compileTypes(frame.types);
  const isBooting = createBootWatch(frame.boot_value);
  const headLength = Math.max(start.length, (frame.types?.at ?? -1) + 1);
  return {
    startByte: start[0] ?? 0,
    maxLength: typeof frame.length === "number" ? frame.length : frame.length.max,
    examine(candidate) {
      const head = examineHead(candidate, start, headLength, kindOf);
      if (typeof head !== "string") return head;
      const length = frameLength(candidate, frame.length);
      if (length === null) return NONE;
      if (length < 0 || candidate.available < length) return WAIT;
      const bytes = candidate.bytes.subarray(candidate.start, candidate.start + length);
      return judge(bytes, device, end, head, isBooting);
    },
  };
}

function compileTypes(types: BinaryDevice["frame"]["types"]): ((frame: FrameCandidate) => FrameKind | null) | null {
  if (types === undefined) return null;
  const kinds = new Map<number, FrameKind>();
  for (const kind of ["unsupported", "not_a_reading", "reading"] as const) {
    for (const byte of types[kind] ?? []) kinds.set(hexToBytes(byte)[0] ?? 0, kind);
  }
  return ({ bytes, start }) => kinds.get(bytes[start + types.at] ?? -1) ?? null;
}

/** The kind of frame that may start here, or the verdict that there is none. */
function examineHead(
  candidate: FrameCandidate,
  start: Uint8Array,
  headLength: number,
  kindOf: ReturnType<typeof compileTypes>,
): FrameKind | Verdict {
  const { bytes, available } = candidate;
  const known = Math.min(start.length, available);
  for (let i = 0; i < known; i++) if (bytes[candidate.start + i] !== start[i]) return NONE;
  if (available < headLength) return WAIT;
  return kindOf === null ? "reading" : (kindOf(candidate) ?? NONE);
}

/** Bytes of the whole frame; -1 while it is not known yet, `null` when it cannot be. */
function frameLength(
  { bytes, start, available }: FrameCandidate,
  length: BinaryDevice["frame"]["length"],
): number | null {
  if (typeof length === "number") return length;
  if (available < length.at + NUMBER_TYPES[length.type]) return -1;
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, available);
  const total = readNumber(view, length.at, length.type) + length.add;
  return Number.isInteger(total) && total > length.at && total <= length.max ? total : null;
}

function judge(
  bytes: Uint8Array,
  device: BinaryDevice,
  end: Uint8Array,
  kind: FrameKind,
  isBooting: BootWatch,
): Verdict {
  const { length } = bytes;
  if (end.some((byte, i) => bytes[length - end.length + i] !== byte)) return broken(length, "SENSING_FRAME_MALFORMED");
  if (!checksumHolds(bytes, device.frame.checksum)) return broken(length, "SENSING_FRAME_CHECKSUM");
  if (kind === "not_a_reading") return refused(length, "SENSING_FRAME_NOT_A_READING");
  if (kind === "unsupported") return refused(length, "SENSING_FRAME_UNSUPPORTED");
  return readFields(bytes, device, isBooting);
}

function checksumHolds(bytes: Uint8Array, checksum: BinaryDevice["frame"]["checksum"]): boolean {
  const kind = checksum === undefined ? undefined : CHECKSUMS[checksum.name];
  if (checksum === undefined || kind === undefined) return true;
  const place = (at: number): number => (at < 0 ? bytes.length + at : at);
  const computed = kind.compute(bytes, place(checksum.from), place(checksum.to));
  return computed === readChecksum(bytes, place(checksum.at), kind);
}

function readFields(bytes: Uint8Array, { frame, fields }: BinaryDevice, isBooting: BootWatch): Verdict {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const readable = typeof frame.length === "number" ? bytes.length : bytes.length - tailLength(frame);
  const present = fields.filter(({ at, type }) => at + NUMBER_TYPES[type] <= readable);
  const counts = new Map(present.map((field) => [field.name, readNumber(view, field.at, field.type)]));
  const idle = frame.warming_up_when_zero ?? [];
  const isIdle = idle.length > 0 && idle.every((name) => counts.get(name) === 0);
  const isWarmingUp = isBooting(counts) || isIdle;
  const readings = present.flatMap((field) => fieldReading(counts.get(field.name) ?? 0, field, isWarmingUp) ?? []);
  const raw = Object.fromEntries(
    present.map((field): [string, FieldValue] => [field.name, shown(field, bytes, counts.get(field.name) ?? 0)]),
  );
  if (frame.identity === undefined) return { kind: "frame", length: bytes.length, content: { readings, raw } };
  const identity = toHex(bytes.subarray(frame.identity.at, frame.identity.at + frame.identity.bytes));
  return { kind: "frame", length: bytes.length, content: { identity, readings, raw } };
}

function shown(
  { at, type, show, scale = 1, offset = 0 }: BinaryDevice["fields"][number],
  bytes: Uint8Array,
  count: number,
) {
  if (show === "hex") return toHex(bytes.subarray(at, at + NUMBER_TYPES[type]));
  return finite(show === "value" ? Number((count * scale + offset).toPrecision(12)) : count);
}

type BootWatch = (counts: ReadonlyMap<string, number>) => boolean;

/** Tells of each good frame in turn whether a sensor that has just started sent it. */
function createBootWatch(boot: BinaryDevice["frame"]["boot_value"]): BootWatch {
  if (boot === undefined) return () => false;
  let frames = 0;
  let booting = false;
  return (counts) => {
    frames += 1;
    const shows = counts.get(boot.field) === boot.count;
    booting = shows && frames <= boot.ends_within && (booting || frames <= boot.starts_within);
    return booting;
  };
}

/** Bytes at the end that are check and end mark: in a frame that says its own length no field reaches into them. */
function tailLength({ checksum, end = "" }: BinaryDevice["frame"]): number {
  return Math.max(hexToBytes(end).length, checksum === undefined || checksum.at >= 0 ? 0 : -checksum.at);
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

export function hexToBytes(text: string): Uint8Array {
  return Uint8Array.from(text.replace(/\s/g, "").match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0").toUpperCase()).join("");
}
