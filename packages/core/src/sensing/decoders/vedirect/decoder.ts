import type { DecodeEvent, Decoder, RejectCode } from "../../decoder.ts";
import { createStretchTracker } from "../../framing/stretch-tracker.ts";
import { latin1 } from "../../framing/text.ts";
import { fieldsToRaw, readFields } from "./fields.ts";

const CR = 0x0d;
const LF = 0x0a;
const COLON = 0x3a;
const CHECKSUM = Array.from("Checksum\t", (character) => character.charCodeAt(0));
const MAX_BLOCK_LENGTH = 8192;
/** Longer than any HEX frame: what goes on beyond is none. */
const MAX_HEX_LENGTH = 256;
/** Colon, command, checksum. */
const MIN_HEX_LENGTH = 4;
const LINE = /^([A-Za-z0-9_#]{1,16})\t([\x20-\x7e]{0,64})$/;
const SERIAL_LABEL = "SER#";

/**
 * Decodes the text blocks that Victron devices send on VE.Direct, with the HEX frames between and inside them removed.
 *
 * One block is one frame: lines of `CR LF label TAB value`, the last of which is `Checksum` with a byte of any value
 * that makes the sum of all bytes a multiple of 256. Voltages are in V, currents in A, energy in kWh; `raw` holds
 * every field as sent. The serial number is the identity, also of the blocks that do not repeat it (a battery monitor
 * sends two in turn).
 *
 * Source: Victron Energy, VE.Direct Protocol 3.33.
 */
export function createVeDirectDecoder(): Decoder {
  return new VeDirectDecoder();
}

type State = "text" | "hex" | "checksum";

class VeDirectDecoder implements Decoder {
  readonly #tracker = createStretchTracker();
  /** Bytes since the last block, without HEX frames. */
  readonly #text = new Uint8Array(MAX_BLOCK_LENGTH);
  /** Where each of them stood, counted from the end of the last block, HEX frames included. */
  readonly #places = new Uint16Array(MAX_BLOCK_LENGTH);
  #length = 0;
  #received = 0;
  /** The HEX frame under way, from its colon on. */
  readonly #hex = new Uint8Array(MAX_HEX_LENGTH);
  #hexLength = 0;
  #state: State = "text";
  #firstLabel = "";
  #identity: string | undefined;
  /** Nothing has been understood yet: what comes first is probably the end of a block. */
  #synced = false;

  push(chunk: Uint8Array): DecodeEvent[] {
    for (const byte of chunk) this.#feed(byte);
    return this.#tracker.take();
  }

  flush(): DecodeEvent[] {
    this.#refuse(this.#received, this.#length > 0 ? "SENSING_FRAME_PARTIAL" : "SENSING_BYTES_UNRECOGNISED");
    this.#tracker.close();
    this.#synced = false;
    return this.#tracker.take();
  }

  reset(): DecodeEvent[] {
    return this.flush();
  }

  #feed(byte: number): void {
    this.#received += 1;
    if (this.#state === "hex") this.#feedHex(byte);
    else if (this.#state === "checksum") this.#endBlock(byte);
    else if (byte === COLON) this.#beginHex();
    else this.#feedText(byte);
    if (this.#received >= MAX_BLOCK_LENGTH) this.#refuse(this.#received, this.#overflowCode());
  }

  #beginHex(): void {
    this.#state = "hex";
    this.#hex[0] = COLON;
    this.#hexLength = 1;
  }

  #feedHex(byte: number): void {
    const ends = byte === LF && this.#hexLength >= MIN_HEX_LENGTH;
    if (this.#length > 0 && !ends && !isHexDigit(byte)) {
      this.#takeBackHex();
      if (byte === COLON) this.#beginHex();
      else this.#feedText(byte);
      return;
    }
    this.#hex[this.#hexLength] = byte;
    this.#hexLength += 1;
    if (byte !== LF && this.#hexLength < MAX_HEX_LENGTH) return;
    this.#state = "text";
    // Between two blocks it stands for itself; inside one it is part of the block's bytes.
    if (this.#length === 0) this.#refuse(this.#received, "SENSING_FRAME_NOT_A_READING");
  }

  /** A colon in the middle of text was a damaged character: what seemed to be a HEX frame belongs to the block. */
  #takeBackHex(): void {
    const first = this.#received - 1 - this.#hexLength;
    for (let i = 0; i < this.#hexLength; i++) this.#append(this.#hex[i] ?? 0, first + i);
    this.#state = "text";
  }

  #feedText(byte: number): void {
    this.#append(byte);
    if (byte === CHECKSUM.at(-1) && this.#endsWithChecksumLabel(this.#length, 0)) this.#state = "checksum";
  }

  #append(byte: number, place = this.#received - 1): void {
    this.#text[this.#length] = byte;
    this.#places[this.#length] = place;
    this.#length += 1;
  }

  /** Whether the text up to `end` ends in the label of a checksum, with at most so many wrong bytes. */
  #endsWithChecksumLabel(end: number, mistakes: number): boolean {
    const from = end - CHECKSUM.length;
    if (from < 0) return false;
    return CHECKSUM.filter((byte, i) => this.#text[from + i] !== byte).length <= mistakes;
  }

  #endBlock(checksum: number): void {
    this.#append(checksum);
    this.#state = "text";
    const code = this.#accept(0) ? null : this.#acceptSecond();
    if (code !== null) this.#refuse(this.#received, code);
    this.#synced = true;
  }

  /** Accepts the block that begins at a place of the text, if it is one. */
  #accept(from: number): boolean {
    if (this.#text[from] !== CR || this.#text[from + 1] !== LF) return false;
    let sum = 0;
    for (let i = from; i < this.#length; i++) sum += this.#text[i] ?? 0;
    if ((sum & 0xff) !== 0) return false;
    const fields = readLines(latin1(this.#text.subarray(from + 2, this.#length - CHECKSUM.length - 3)));
    if (fields === null) return false;
    const start = this.#places[from] ?? 0;
    if (start > 0) this.#tracker.refuse(start, this.#synced ? "SENSING_FRAME_CHECKSUM" : "SENSING_FRAME_PARTIAL");
    this.#identity = fields.find(([label]) => label === SERIAL_LABEL)?.[1] ?? this.#identity;
    this.#firstLabel = fields[0]?.[0] ?? "";
    this.#tracker.accept(this.#received - start, {
      ...(this.#identity === undefined ? {} : { identity: this.#identity }),
      readings: readFields(fields),
      raw: fieldsToRaw(fields),
    });
    this.#restart();
    return true;
  }

  /**
   * A block whose `Checksum` label was damaged runs into the next one, which is good: it begins where the first label
   * comes again behind what once was the label.
   */
  #acceptSecond(): RejectCode | null {
    const text = latin1(this.#text.subarray(0, this.#length));
    const firstLabel = this.#firstLabel === "" ? /^\r\n([^\t]+)\t/.exec(text)?.[1] : this.#firstLabel;
    const begin = `\r\n${firstLabel}\t`;
    for (let at = text.indexOf(begin, 2); at !== -1; at = text.indexOf(begin, at + 1)) {
      if (this.#endsWithChecksumLabel(at - 1, 1) && this.#accept(at)) return null;
    }
    const whole = this.#text[0] === CR && this.#text[1] === LF;
    return this.#synced || whole ? "SENSING_FRAME_CHECKSUM" : "SENSING_FRAME_PARTIAL";
  }

  #overflowCode(): RejectCode {
    return this.#text[0] === CR && this.#text[1] === LF ? "SENSING_FRAME_TOO_LONG" : "SENSING_BYTES_UNRECOGNISED";
  }

  #refuse(length: number, code: RejectCode): void {
    if (length > 0) this.#tracker.refuse(length, code);
    this.#restart();
  }

  #restart(): void {
    this.#length = 0;
    this.#received = 0;
    this.#state = "text";
  }
}

function isHexDigit(byte: number): boolean {
  return (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x46);
}

/** The fields of a block without its checksum; `null` when a line is none. */
function readLines(text: string): [label: string, value: string][] | null {
  const lines = text.split("\r\n").map((line) => LINE.exec(line));
  if (lines.includes(null)) return null;
  return lines.map((line) => [line?.[1] ?? "", line?.[2] ?? ""]);
}
