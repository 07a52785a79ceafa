import type { Decoder } from "../decoder.ts";
import { createLineFramer, type LineRule, type LineVerdict } from "../framing/line-framer.ts";
import { CHECKSUMS } from "./checksums.ts";
import { fieldReading } from "./field-reading.ts";
import type { LineLayout } from "./line-layout.ts";
import type { TextDevice } from "./schema.ts";

const MAX_LINE_LENGTH = 4096;

/** Makes a decoder of a checked description of text lines. */
export function createTextDecoder(device: TextDevice, layout: LineLayout): Decoder {
  const rule: LineRule = {
    maxLength: MAX_LINE_LENGTH,
    interpret: (line) => interpret(line, device, layout),
  };
  return createLineFramer(rule);
}

function interpret(line: string, { frame, fields }: TextDevice, layout: LineLayout): LineVerdict {
  const values = layout.read(line);
  if (values === null) return "SENSING_BYTES_UNRECOGNISED";
  if (frame.checksum !== undefined && !checksumHolds(line, frame.checksum)) return "SENSING_FRAME_CHECKSUM";
  const readings = fields.flatMap((field) => {
    const value = values.get(field.name);
    return typeof value === "number" ? (fieldReading(value, field, false) ?? []) : [];
  });
  const identity = frame.identity === undefined ? undefined : values.get(frame.identity);
  const content = { readings, raw: Object.fromEntries(values) };
  return identity === undefined || identity === null ? content : { identity: String(identity), ...content };
}

function checksumHolds(line: string, checksum: NonNullable<TextDevice["frame"]["checksum"]>): boolean {
  const from = line.indexOf(checksum.after);
  const to = line.lastIndexOf(checksum.before);
  const kind = CHECKSUMS[checksum.name];
  if (from === -1 || to < from || kind === undefined) return false;
  const text = line.slice(from + checksum.after.length, to);
  const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0) & 0xff);
  const digits = /^[0-9A-Fa-f]{2}/.exec(line.slice(to + checksum.before.length));
  return digits !== null && Number.parseInt(digits[0], 16) === kind.compute(bytes, 0, bytes.length);
}
