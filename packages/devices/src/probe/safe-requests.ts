import type { SerialSettings } from "@ecolocal/core/sensing";

/** A question that changes nothing in any device we know, and how its answer is recognised. */
export interface SafeRequest {
  readonly driverId: string;
  readonly title: string;
  readonly serial: SerialSettings;
  readonly request: Uint8Array;
  readonly waitMs: number;
  /** What an answer proves, for people; `null` when the bytes are none. */
  recognise(answer: Uint8Array): { readonly evidence: string; readonly identity: string | null } | null;
}

const line = (baudRate: number): SerialSettings => ({ baudRate, dataBits: 8, parity: "none", stopBits: 1 });

/**
 * The only questions that probing ever asks, each a read. Never on a line on which somebody else speaks, never a
 * Modbus write (functions 5, 6, 16): an unknown energy bus may switch something.
 *
 * Source: Winsen MH-Z19B manual V1.0; Senseair TDE2067 (S8); Sensirion SCD30 interface description 1.0; Sensirion
 * SPS30 datasheet (SHDLC); Eastron SDM Modbus protocol 1.1; shared facts "sensors.md" §4.3.
 */
export const SAFE_REQUESTS: readonly SafeRequest[] = [
  {
    driverId: "mhz19",
    title: "Winsen MH-Z19 CO₂ sensor",
    serial: line(9600),
    request: Uint8Array.of(0xff, 0x01, 0x86, 0, 0, 0, 0, 0, 0x79),
    waitMs: 500,
    recognise: recogniseMhz19,
  },
  modbusRead("senseair", "Senseair CO₂ sensor", 9600, 0xfe, 4, 0, 4),
  modbusRead("scd30", "Sensirion SCD30 CO₂ sensor", 19_200, 0x61, 3, 0x28, 6),
  {
    driverId: "sps30",
    title: "Sensirion SPS30 fine dust sensor",
    serial: line(115_200),
    request: Uint8Array.of(0x7e, 0x00, 0xd0, 0x01, 0x03, 0x2b, 0x7e),
    waitMs: 500,
    recognise: recogniseShdlc,
  },
  modbusRead("modbus-meter", "energy meter on Modbus", 9600, 1, 4, 0, 2),
  modbusRead("modbus-meter", "energy meter on Modbus", 2400, 1, 4, 0, 2),
];

/** A Modbus read of input (4) or holding (3) registers. */
function modbusRead(
  driverId: string,
  title: string,
  baudRate: number,
  address: number,
  readFunction: 3 | 4,
  register: number,
  count: number,
): SafeRequest {
  const body = [address, readFunction, register >> 8, register & 0xff, count >> 8, count & 0xff];
  const crc = crc16Modbus(Uint8Array.from(body));
  return {
    driverId,
    title,
    serial: line(baudRate),
    request: Uint8Array.of(...body, crc & 0xff, crc >> 8),
    waitMs: 800,
    recognise(answer) {
      const length = 5 + count * 2;
      for (let at = 0; at + length <= answer.length; at++) {
        const frame = answer.subarray(at, at + length);
        const isAnswer = frame[0] === address && frame[1] === readFunction && frame[2] === count * 2;
        const sent = (frame[length - 1] ?? 0) * 256 + (frame[length - 2] ?? 0);
        if (!isAnswer || crc16Modbus(frame.subarray(0, length - 2)) !== sent) continue;
        return { evidence: `answered a Modbus read at address ${address}, CRC good`, identity: null };
      }
      return null;
    },
  };
}

function recogniseMhz19(answer: Uint8Array): ReturnType<SafeRequest["recognise"]> {
  for (let at = 0; at + 9 <= answer.length; at++) {
    const frame = answer.subarray(at, at + 9);
    const sum = frame.subarray(1, 8).reduce((total, byte) => total + byte, 0);
    // Its own request, echoed by a wire between both lines, has zeros where an answer has the measurement.
    const isAnswer = frame[0] === 0xff && frame[1] === 0x86 && ((256 - (sum & 0xff)) & 0xff) === frame[8];
    if (isAnswer) {
      const ppm = (frame[2] ?? 0) * 256 + (frame[3] ?? 0);
      return { evidence: `answered with ${ppm} ppm CO₂, checksum good`, identity: null };
    }
  }
  return null;
}

/** The serial number in an SHDLC answer: `7E 00 D0 state length text sum 7E`, with bytes stuffed. */
function recogniseShdlc(answer: Uint8Array): ReturnType<SafeRequest["recognise"]> {
  const start = answer.indexOf(0x7e);
  const end = answer.indexOf(0x7e, start + 1);
  if (start === -1 || end === -1) return null;
  const frame = unstuff(answer.subarray(start + 1, end));
  const length = frame[3] ?? 0;
  const sum = frame.subarray(0, -1).reduce((total, byte) => total + byte, 0);
  const isAnswer = frame[0] === 0 && frame[1] === 0xd0 && frame.length === length + 5;
  if (!isAnswer || (~sum & 0xff) !== frame[frame.length - 1]) return null;
  const text = String.fromCharCode(...frame.subarray(4, 4 + length)).replace(/[^\x20-\x7e]/g, "");
  return { evidence: `answered with serial number ${text}, checksum good`, identity: text === "" ? null : text };
}

function unstuff(bytes: Uint8Array): Uint8Array {
  const out: number[] = [];
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] === 0x7d) {
      at += 1;
      out.push((bytes[at] ?? 0) ^ 0x20);
    } else out.push(bytes[at] ?? 0);
  }
  return Uint8Array.from(out);
}

/** CRC-16/MODBUS (polynomial A001 reflected, initial value FFFF). Source: Modbus over serial line 1.02, §6.2.2. */
function crc16Modbus(bytes: Uint8Array): number {
  let crc = 0xffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc & 1) === 1 ? (crc >>> 1) ^ 0xa001 : crc >>> 1;
  }
  return crc;
}
