/** Commands by their number in the protocol. */
export const SDS011_WORK = 0x06;
export const SDS011_PERIOD = 0x08;

/** One command or the answer to it. */
export interface Sds011Command {
  readonly command: number;
  /** It sets the value; otherwise it asks for it. */
  readonly sets: boolean;
  /** Sleep 0 or work 1; working period in minutes, 0 being without a rest. */
  readonly value: number;
}

const COMMAND_LENGTH = 19;
const REPLY_LENGTH = 10;
const HEAD = 0xaa;
const TAIL = 0xab;
const TO_SENSOR = 0xb4;
const FROM_SENSOR = 0xc5;
const ANY_ID = 0xff;

/**
 * Writes a command to whichever SDS011 is on the line, 19 bytes: `AA B4 | command | set | value | 10 × 00 | FF FF | sum | AB`.
 *
 * Source: Nova Fitness, Laser Dust Sensor Control Protocol V1.3.
 */
export function writeSds011Command({ command, sets, value }: Sds011Command): Uint8Array {
  const bytes = new Uint8Array(COMMAND_LENGTH);
  bytes.set([HEAD, TO_SENSOR, command, sets ? 1 : 0, value]);
  bytes.set([ANY_ID, ANY_ID], 15);
  bytes[17] = sumOf(bytes, 2, 17);
  bytes[18] = TAIL;
  return bytes;
}

/** Reads a command that a program wrote; `null` when it is none. */
export function readSds011Command(bytes: Uint8Array): Sds011Command | null {
  const isOne = bytes.length === COMMAND_LENGTH && bytes[1] === TO_SENSOR && isClosed(bytes, 0, COMMAND_LENGTH);
  return isOne ? { command: bytes[2] ?? 0, sets: bytes[3] === 1, value: bytes[4] ?? 0 } : null;
}

/** Writes the answer of a sensor, 10 bytes: `AA C5 | command | set | value | 00 | id id | sum | AB`. */
export function writeSds011Reply({ command, sets, value }: Sds011Command, deviceId: string): Uint8Array {
  const id = Number.parseInt(deviceId, 16);
  const bytes = Uint8Array.of(HEAD, FROM_SENSOR, command, sets ? 1 : 0, value, 0, id >> 8, id & 0xff, 0, TAIL);
  bytes[8] = sumOf(bytes, 2, 8);
  return bytes;
}

/** Finds the last whole answer among bytes of a line; `null` when there is none. */
export function findSds011Reply(bytes: Uint8Array): Sds011Command | null {
  for (let at = bytes.length - REPLY_LENGTH; at >= 0; at--) {
    if (bytes[at + 1] !== FROM_SENSOR || !isClosed(bytes, at, REPLY_LENGTH)) continue;
    return { command: bytes[at + 2] ?? 0, sets: bytes[at + 3] === 1, value: bytes[at + 4] ?? 0 };
  }
  return null;
}

function isClosed(bytes: Uint8Array, start: number, length: number): boolean {
  const end = start + length;
  return bytes[start] === HEAD && bytes[end - 1] === TAIL && bytes[end - 2] === sumOf(bytes, start + 2, end - 2);
}

function sumOf(bytes: Uint8Array, from: number, until: number): number {
  let sum = 0;
  for (let at = from; at < until; at++) sum += bytes[at] ?? 0;
  return sum & 0xff;
}
