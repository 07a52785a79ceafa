import { broken, type FrameCandidate, type FrameRule, NONE, type Verdict, WAIT } from "./byte-framer.ts";
import { crc16Modbus } from "./crc16-modbus.ts";

/** One intact message on a Modbus line. */
export type ModbusMessage =
  | {
      readonly kind: "request";
      readonly unit: number;
      readonly functionCode: number;
      /** Protocol address of the first register, from 0. */
      readonly register: number;
      readonly count: number;
    }
  | { readonly kind: "answer"; readonly unit: number; readonly functionCode: number; readonly data: Uint8Array }
  | { readonly kind: "write"; readonly unit: number; readonly register: number }
  | { readonly kind: "exception"; readonly unit: number; readonly functionCode: number; readonly exception: number };

export type ModbusRequest = Extract<ModbusMessage, { kind: "request" }>;
export type ModbusAnswer = Extract<ModbusMessage, { kind: "answer" }>;

export const READ_HOLDING = 0x03;
export const READ_INPUT = 0x04;
/** SenseAir's own "read RAM": addressed in bytes, answered like any read. */
export const READ_RAM = 0x44;
const WRITE_SINGLE = 0x06;
const WRITE_MULTIPLE = 0x10;
const EXCEPTION_BIT = 0x80;
/** SenseAir's "any sensor" address. */
const ANY_UNIT = 0xfe;
const MAX_UNIT = 247;
const REQUEST_LENGTH = 8;
/** Its count has one byte. */
const RAM_REQUEST_LENGTH = 7;
const EXCEPTION_LENGTH = 5;
/** Address, function, byte count, CRC. */
const ANSWER_OVERHEAD = 5;
const MAX_DATA_LENGTH = 250;
const MAX_REGISTERS = 125;

/**
 * Finds Modbus RTU messages in a byte stream by their checksum: reading of registers (03, 04), writing of one or more
 * (06, 10), exceptions.
 *
 * A message has no start byte and no length but what its function code implies, so that any byte may begin one; null
 * bytes that a floating RS-485 line adds around a message are passed over. A request looks like the beginning of an
 * answer: the shorter one is tried first. SenseAir's reads of RAM (44) are known where `readsRam` says so.
 * Source: Modbus Organization, MODBUS Application Protocol V1.1b3, §6; MODBUS over Serial Line V1.02, §2.5.1.
 */
export function createModbusRule(
  read: (message: ModbusMessage, length: number) => Verdict,
  { readsRam = false }: { readonly readsRam?: boolean } = {},
): FrameRule {
  return {
    startByte: null,
    maxLength: MAX_DATA_LENGTH + ANSWER_OVERHEAD,
    examine(candidate) {
      const { bytes, start, available } = candidate;
      if (!isUnit(bytes[start] ?? 0)) return NONE;
      if (available < 2) return WAIT;
      const functionCode = bytes[start + 1] ?? 0;
      const ramRead = readsRam && functionCode === READ_RAM;
      if (!ramRead && !isKnownFunction(functionCode & ~EXCEPTION_BIT)) return NONE;
      return examineLengths(candidate, functionCode, read);
    },
  };
}

/** Reads the request that is in `bytes`, alone and whole; `null` when it is none. */
export function readModbusRequest(bytes: Uint8Array): ModbusRequest | null {
  const length = bytes[1] === READ_RAM ? RAM_REQUEST_LENGTH : REQUEST_LENGTH;
  if (bytes.length !== length || !checksumHolds(bytes, 0, length)) return null;
  const message = parse(bytes, 0, length);
  return message?.kind === "request" ? message : null;
}

/** Reads the request to set one register that is in `bytes`, alone and whole; `null` when it is none. */
export function readModbusWrite(
  bytes: Uint8Array,
): { readonly unit: number; readonly register: number; readonly value: number } | null {
  const isWrite =
    bytes.length === REQUEST_LENGTH && bytes[1] === WRITE_SINGLE && checksumHolds(bytes, 0, REQUEST_LENGTH);
  if (!isWrite) return null;
  const [unit = 0, , high = 0, low = 0, top = 0, bottom = 0] = bytes;
  return { unit, register: (high << 8) | low, value: (top << 8) | bottom };
}

/** Writes the request to read registers. */
export function modbusRequest(unit: number, functionCode: number, register: number, count: number): Uint8Array {
  return withChecksum([unit, functionCode, register >> 8, register & 0xff, count >> 8, count & 0xff]);
}

/** Writes the request to read bytes of a SenseAir's RAM. */
export function modbusRamRequest(unit: number, address: number, byteCount: number): Uint8Array {
  return withChecksum([unit, READ_RAM, address >> 8, address & 0xff, byteCount]);
}

/** Writes the answer to a request that cannot be met, 2 being "no such register". */
export function modbusException(unit: number, functionCode: number, exception: number): Uint8Array {
  return withChecksum([unit, functionCode | EXCEPTION_BIT, exception]);
}

/** Writes the request to set one register. */
export function modbusWrite(unit: number, register: number, value: number): Uint8Array {
  return modbusRequest(unit, WRITE_SINGLE, register, value);
}

/** Writes the answer to a request to read registers. */
export function modbusAnswer(unit: number, functionCode: number, data: Uint8Array): Uint8Array {
  return withChecksum([unit, functionCode, data.length, ...data]);
}

function withChecksum(body: readonly number[]): Uint8Array {
  const crc = crc16Modbus(Uint8Array.from(body));
  return Uint8Array.of(...body, crc & 0xff, crc >> 8);
}

function isUnit(byte: number): boolean {
  return (byte >= 1 && byte <= MAX_UNIT) || byte === ANY_UNIT;
}

function isKnownFunction(code: number): boolean {
  return code === READ_HOLDING || code === READ_INPUT || code === WRITE_SINGLE || code === WRITE_MULTIPLE;
}

function examineLengths(
  candidate: FrameCandidate,
  functionCode: number,
  read: (message: ModbusMessage, length: number) => Verdict,
): Verdict {
  const { bytes, start, available } = candidate;
  if (available < 3) return WAIT;
  const lengths = possibleLengths(functionCode, bytes[start + 2] ?? 0);
  for (const length of lengths) {
    if (available < length) return WAIT;
    const message = checksumHolds(bytes, start, length) ? parse(bytes, start, length) : null;
    if (message !== null) return read(message, length);
  }
  return broken(lengths.at(-1) ?? REQUEST_LENGTH, "SENSING_FRAME_CHECKSUM");
}

/** Lengths a message may have, shortest first. */
function possibleLengths(functionCode: number, third: number): number[] {
  if ((functionCode & EXCEPTION_BIT) !== 0) return [EXCEPTION_LENGTH];
  if (functionCode === READ_RAM && third === 0) return [RAM_REQUEST_LENGTH];
  if (functionCode === READ_RAM) return third <= MAX_DATA_LENGTH ? [third + ANSWER_OVERHEAD] : [];
  if (functionCode === WRITE_SINGLE || functionCode === WRITE_MULTIPLE) return [REQUEST_LENGTH];
  const answers = third >= 2 && third <= MAX_DATA_LENGTH && third % 2 === 0 ? [third + ANSWER_OVERHEAD] : [];
  return [REQUEST_LENGTH, ...answers].sort((a, b) => a - b);
}

function checksumHolds(bytes: Uint8Array, start: number, length: number): boolean {
  const end = start + length;
  return crc16Modbus(bytes, start, end - 2) === ((bytes[end - 2] ?? 0) | ((bytes[end - 1] ?? 0) << 8));
}

function parse(bytes: Uint8Array, start: number, length: number): ModbusMessage | null {
  const unit = bytes[start] ?? 0;
  const functionCode = bytes[start + 1] ?? 0;
  const third = bytes[start + 2] ?? 0;
  if ((functionCode & EXCEPTION_BIT) !== 0) {
    return { kind: "exception", unit, functionCode: functionCode & ~EXCEPTION_BIT, exception: third };
  }
  const reads = functionCode === READ_HOLDING || functionCode === READ_INPUT || functionCode === READ_RAM;
  if (reads && length === third + ANSWER_OVERHEAD) {
    return { kind: "answer", unit, functionCode, data: bytes.slice(start + 3, start + 3 + third) };
  }
  const register = (third << 8) | (bytes[start + 3] ?? 0);
  if (!reads) return { kind: "write", unit, register };
  if (functionCode === READ_RAM) {
    return { kind: "request", unit, functionCode, register, count: (bytes[start + 4] ?? 0) / 2 };
  }
  const count = ((bytes[start + 4] ?? 0) << 8) | (bytes[start + 5] ?? 0);
  return count >= 1 && count <= MAX_REGISTERS ? { kind: "request", unit, functionCode, register, count } : null;
}
