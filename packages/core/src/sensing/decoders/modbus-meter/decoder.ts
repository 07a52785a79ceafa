import type { DecodedReading, Decoder } from "../../decoder.ts";
import type { DecoderOptions } from "../../driver.ts";
import { createByteFramer, refused, type Verdict } from "../../framing/byte-framer.ts";
import { readFloat32 } from "../../framing/float32.ts";
import { createModbusRule, type ModbusAnswer, type ModbusRequest, READ_HOLDING } from "../../framing/modbus.ts";
import { createModbusPairing } from "../../framing/modbus-pairing.ts";
import { createReading } from "../../plausibility.ts";
import { type MeterProfile, type MeterRegister, type MeterSelection, meterSelection } from "./profiles.ts";

const FLOAT_LENGTH = 4;
/** Mains voltages of the world with ten per cent to either side. Source: IEC 60038:2009, table 1. */
const MAINS_VOLTS = [
  [99, 132],
  [198, 264],
] as const;

/**
 * Decodes the answers of Modbus electricity meters by a register map (`METER_PROFILES`): kWh, W, V, A, Hz.
 *
 * An answer does not say what was asked. The request is known when this program wrote it (`sent`) or when it is on
 * the line too (echoes, another master). Otherwise a single float that can only be a mains voltage is taken for the
 * first register and marked `estimated`; everything else makes readings of quantity `unknown`. `raw` names registers
 * by their address. The serial number is the identity once it was asked for.
 *
 * The variant is a model, and `@` its bus address if that is not 1: `sdm630@5`. Without an address, meters at others
 * than 1 are read too, under channels that begin with `u2`, `u3`…
 */
export function createModbusMeterDecoder({ variant }: DecoderOptions = {}): Decoder {
  const selection = meterSelection(variant);
  const map = createRegisterMap(selection.profile);
  const pairing = createModbusPairing();
  const serials = new Map<number, string>();
  const framer = createByteFramer(
    createModbusRule((message, length) => {
      const request = pairing.match(message);
      if (message.kind !== "answer" || !isOurs(message, selection)) return noReading(length);
      if (request !== null && isSerialRequest(request, selection.profile)) {
        serials.set(message.unit, serialText(message.data));
        return noReading(length);
      }
      const identity = serials.get(message.unit);
      const values = readValues(message, request, map);
      if (values.length === 0) return noReading(length);
      const readings = values.flatMap((value) => toReading(value, channelPrefix(message.unit, selection)));
      const content = { ...(identity === undefined ? {} : { identity }), readings, raw: toRaw(message, values) };
      return { kind: "frame", length, content };
    }),
  );
  return Object.assign(framer, { sent: (request: Uint8Array) => pairing.sent(request) });
}

function noReading(length: number): Verdict {
  return refused(length, "SENSING_FRAME_NOT_A_READING");
}

function isOurs({ unit }: ModbusAnswer, selection: MeterSelection): boolean {
  return !selection.only || unit === selection.unit;
}

function channelPrefix(unit: number, selection: MeterSelection): string {
  return unit === selection.unit ? "" : `u${unit}`;
}

function isSerialRequest({ functionCode, register, count }: ModbusRequest, profile: MeterProfile): boolean {
  return functionCode === READ_HOLDING && register === profile.serialRegister && count === 2;
}

function serialText(data: Uint8Array): string {
  return String(new DataView(data.buffer, data.byteOffset).getUint32(0));
}

/** One float of an answer; `name` is its address, or its place where the address is not known. */
interface MeterValue {
  readonly name: string;
  readonly register: MeterRegister | null;
  readonly value: number | null;
  readonly guessed: boolean;
}

function readValues({ data }: ModbusAnswer, request: ModbusRequest | null, map: RegisterMap): MeterValue[] {
  const values: MeterValue[] = [];
  const count = Math.floor(data.length / FLOAT_LENGTH);
  for (let i = 0; i < count; i++) {
    const value = readFloat32(data, i * FLOAT_LENGTH);
    if (request === null) values.push(guessValue(value, i, count, map.profile));
    else values.push(map.valueAt(request, request.register + i * 2, value));
  }
  return values;
}

/** A profile's registers by address, with the addresses' names, which are looked up for every float. */
interface RegisterMap {
  readonly profile: MeterProfile;
  valueAt(request: ModbusRequest, address: number, value: number | null): MeterValue;
}

function createRegisterMap(profile: MeterProfile): RegisterMap {
  const byAddress = new Map(profile.registers.map((register) => [register.address, register]));
  const names = new Map<number, string>();
  const nameOf = (address: number): string => {
    const known = names.get(address);
    if (known !== undefined) return known;
    const name = `0x${address.toString(16).toUpperCase().padStart(4, "0")}`;
    names.set(address, name);
    return name;
  };
  return {
    profile,
    valueAt(request, address, value) {
      const known = request.functionCode === profile.functionCode ? byAddress.get(address) : undefined;
      return { name: nameOf(address), register: known ?? null, value, guessed: false };
    },
  };
}

function guessValue(value: number | null, index: number, count: number, profile: MeterProfile): MeterValue {
  const isMains = value !== null && MAINS_VOLTS.some(([low, high]) => value >= low && value <= high);
  const register = count === 1 && isMains ? (profile.registers[0] ?? null) : null;
  const voltage = register?.quantity === "voltage" ? register : null;
  return { name: `float_${index + 1}`, register: voltage, value, guessed: true };
}

function toReading({ name, register, value, guessed }: MeterValue, prefix: string): DecodedReading[] {
  if (value === null) return [];
  if (register === null && guessed) return [createReading("unknown", value, { channel: channel(prefix, name) })];
  if (register?.quantity === undefined) return [];
  const joined = channel(prefix, register.channel ?? "");
  const exact = register.factor === 1 ? value : Number((value * register.factor).toPrecision(7));
  const quality = guessed ? (["estimated"] as const) : [];
  return [createReading(register.quantity, exact, { quality, channel: joined === "" ? undefined : joined })];
}

function channel(prefix: string, name: string): string {
  return prefix === "" || name === "" ? prefix + name : `${prefix}_${name}`;
}

function toRaw({ unit, functionCode }: ModbusAnswer, values: readonly MeterValue[]): Record<string, number | null> {
  const raw: Record<string, number | null> = { unit, function: functionCode };
  for (const { name, value } of values) raw[name] = value;
  return raw;
}
