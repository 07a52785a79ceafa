import type { Decoder } from "../../decoder.ts";
import type { DecoderOptions } from "../../driver.ts";
import { createByteFramer, refused, type Verdict } from "../../framing/byte-framer.ts";
import { createModbusRule, type ModbusAnswer, READ_INPUT, READ_RAM } from "../../framing/modbus.ts";
import { createModbusPairing } from "../../framing/modbus-pairing.ts";
import { createReading } from "../../plausibility.ts";
import type { QualityFlag } from "../../quality.ts";

/** Input registers by protocol address. */
const STATUS = 0;
const CO2 = 3;
const SERIAL = 29;
/** Bits of the meter status. */
const OUT_OF_RANGE_BIT = 1 << 5;
const ERROR_BITS = (1 << 0) | (1 << 1) | (1 << 2) | (1 << 3) | (1 << 4) | (1 << 6);
/** What an answer of that many registers begins with, where the request is not known. */
const FIRST_REGISTER_BY_COUNT: ReadonlyMap<number, number> = new Map([
  [1, CO2],
  [4, STATUS],
]);
const COARSE_FACTOR = 10;
/** Where a K30 keeps CO2 in its RAM. */
const RAM_CO2 = 0x08;
const RAM_CO2_LENGTH = 2;

/**
 * Decodes the answers of SenseAir S8, S88, K30 and K33 to Modbus requests into CO2 in ppm.
 *
 * Input registers 1 (status) and 4 (CO2) are read; an answer of one register is taken for CO2 and one of four for
 * status to CO2 when the request is not known. A reported error makes the value `device_error`; the serial number,
 * once asked for, is the identity. Variant `k33` counts in 10 ppm. Requests that echo are refused as no reading.
 * The K series knows no serial number: it answers with an exception. Recordings of programs that read a K30 through its
 * RAM (function 44, address 08) are understood; a signed word there, so that zero gas may read below 0.
 *
 * Source: Senseair, Modbus on Senseair S8, TDE2067 rev. 1.02; registers 30 and 31 (serial number). Senseair, Modbus on
 * CO2 Engine and eSENSE, TDE2336; CO2Meter, K series UART EEPROM/RAM access (read of `FE 44 00 08 02`).
 */
export function createSenseairDecoder({ variant }: DecoderOptions = {}): Decoder {
  const factor = variant === "k33" ? COARSE_FACTOR : 1;
  const pairing = createModbusPairing();
  let identity: string | undefined;
  const framer = createByteFramer(
    createModbusRule(
      (message, length) => {
        const request = pairing.match(message);
        if (message.kind === "answer" && message.functionCode === READ_RAM) {
          return decodeRam(message, request?.register ?? RAM_CO2, length, factor);
        }
        if (message.kind !== "answer" || message.functionCode !== READ_INPUT) return noReading(length);
        const first = request?.register ?? FIRST_REGISTER_BY_COUNT.get(message.data.length / 2);
        if (first === undefined) return noReading(length);
        if (first === SERIAL && message.data.length === 4) identity = serialText(message.data);
        return decodeAnswer(message, first, length, { factor, identity });
      },
      { readsRam: true },
    ),
  );
  return Object.assign(framer, { sent: (request: Uint8Array) => pairing.sent(request) });
}

function noReading(length: number): Verdict {
  return refused(length, "SENSING_FRAME_NOT_A_READING");
}

function decodeRam({ unit, data }: ModbusAnswer, address: number, length: number, factor: number): Verdict {
  if (address !== RAM_CO2 || data.length !== RAM_CO2_LENGTH) return noReading(length);
  const word = ((data[0] ?? 0) << 8) | (data[1] ?? 0);
  const ppm = (word << 16) >> 16;
  const reading = createReading("co2", ppm * factor);
  return { kind: "frame", length, content: { readings: [reading], raw: { unit, RAM08: ppm } } };
}

function decodeAnswer(
  { unit, data }: ModbusAnswer,
  first: number,
  length: number,
  { factor, identity }: { readonly factor: number; readonly identity: string | undefined },
): Verdict {
  const words = new Map<number, number>();
  for (let i = 0; i < data.length; i += 2) words.set(first + i / 2, ((data[i] ?? 0) << 8) | (data[i + 1] ?? 0));
  const co2 = words.get(CO2);
  if (co2 === undefined) return noReading(length);
  const raw: Record<string, number> = { unit };
  for (const [address, word] of words) raw[`IR${address + 1}`] = word;
  const reading = createReading("co2", co2 * factor, { quality: statusQuality(words.get(STATUS) ?? 0) });
  const content = { ...(identity === undefined ? {} : { identity }), readings: [reading], raw };
  return { kind: "frame", length, content };
}

function statusQuality(status: number): QualityFlag[] {
  if ((status & ERROR_BITS) !== 0) return ["device_error"];
  return (status & OUT_OF_RANGE_BIT) === 0 ? [] : ["out_of_range"];
}

function serialText(data: Uint8Array): string {
  return Array.from(data, (byte) => byte.toString(16).padStart(2, "0").toUpperCase()).join("");
}
