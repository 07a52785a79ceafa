import {
  modbusAnswer,
  modbusException,
  modbusRequest,
  READ_HOLDING,
  READ_INPUT,
  READ_RAM,
  readModbusRequest,
  readModbusWrite,
} from "../framing/modbus.ts";
import { createAir } from "./air.ts";
import { type DeviceSimulator, NOTHING, type SimulatorOptions } from "./device-simulator.ts";
import { createHome } from "./home.ts";

const ANY_UNIT = 0xfe;
const SCD30_UNIT = 0x61;
const [DATA_READY, MEASUREMENT] = [0x27, 0x28];
const NO_SUCH_REGISTER = 2;
/** A SenseAir's holding registers by protocol address. */
const [ACKNOWLEDGED, COMMAND, ABC_PERIOD] = [0x00, 0x01, 0x1f];
const BACKGROUND_CALIBRATION = 0x7c06;
const BACKGROUND_DONE = 1 << 5;

/** Registers as 16-bit words, or pairs of them as floats. */
export function writeModbusWords(words: readonly number[]): Uint8Array {
  const data = new Uint8Array(words.length * 2);
  const view = new DataView(data.buffer);
  for (const [i, word] of words.entries()) view.setUint16(i * 2, word);
  return data;
}

/** Floats, each in two registers with the high word first. */
export function writeModbusFloats(values: readonly number[]): Uint8Array {
  const data = new Uint8Array(values.length * 4);
  const view = new DataView(data.buffer);
  for (const [i, value] of values.entries()) view.setFloat32(i * 4, value);
  return data;
}

/**
 * Holding registers that keep what is written; a single write is answered with itself. `null` for other requests.
 */
function createHoldingRegisters(unit: number, initial: ReadonlyMap<number, number>) {
  const registers = new Map(initial);
  return {
    registers,
    answer(bytes: Uint8Array): Uint8Array | null {
      const request = readModbusRequest(bytes);
      if (request?.unit === unit && request.functionCode === READ_HOLDING) {
        const words = Array.from({ length: request.count }, (_, i) => registers.get(request.register + i) ?? 0);
        return modbusAnswer(unit, READ_HOLDING, writeModbusWords(words));
      }
      const write = readModbusWrite(bytes);
      if (write?.unit !== unit) return null;
      registers.set(write.register, write.value);
      return bytes;
    },
  };
}

/** An S8, or as variant `k30` a K30: without serial number, but with RAM that can be read. */
export function simulateSenseair({ random, variant }: SimulatorOptions): DeviceSimulator {
  const air = createAir(random);
  const isK30 = variant === "k30";
  const holding = createHoldingRegisters(ANY_UNIT, new Map([[ABC_PERIOD, 180]]));
  const settings = (bytes: Uint8Array): Uint8Array | null => {
    const said = holding.answer(bytes);
    // The command is done at once, and acknowledged.
    if (holding.registers.get(COMMAND) === BACKGROUND_CALIBRATION) {
      holding.registers.set(COMMAND, 0).set(ACKNOWLEDGED, BACKGROUND_DONE);
    }
    return said;
  };
  const answer = (words: readonly number[]): Uint8Array => modbusAnswer(ANY_UNIT, READ_INPUT, writeModbusWords(words));
  return {
    boot: () => NOTHING,
    frame: (at) => answer([0, 0, 0, air(at).co2Ppm]),
    answer(bytes, at) {
      const request = readModbusRequest(bytes);
      if (request?.unit !== ANY_UNIT || request.functionCode === READ_HOLDING) return settings(bytes);
      const { functionCode, register, count } = request;
      if (isK30 && functionCode === READ_RAM && register === 0x08) {
        return modbusAnswer(ANY_UNIT, READ_RAM, writeModbusWords([air(at).co2Ppm]));
      }
      if (functionCode !== READ_INPUT) return null;
      if (isK30 && register >= 25) return modbusException(ANY_UNIT, READ_INPUT, NO_SUCH_REGISTER);
      const registers = new Map([
        [3, air(at).co2Ppm],
        [29, 0x0123],
        [30, 0x4567],
      ]);
      return answer(Array.from({ length: count }, (_, i) => registers.get(register + i) ?? 0));
    },
  };
}

export function simulateScd30({ random }: SimulatorOptions): DeviceSimulator {
  const air = createAir(random);
  const measurement = (at: number): Uint8Array => {
    const { co2Ppm, temperatureCelsius, humidityPercent } = air(at);
    const data = writeModbusFloats([co2Ppm, temperatureCelsius, humidityPercent]);
    return modbusAnswer(SCD30_UNIT, READ_HOLDING, data);
  };
  const holding = createHoldingRegisters(SCD30_UNIT, new Map([[DATA_READY, 1]]));
  return {
    boot: () => NOTHING,
    frame: measurement,
    answer: (bytes, at) =>
      readModbusRequest(bytes)?.register === MEASUREMENT ? measurement(at) : holding.answer(bytes),
  };
}

/** An SDM120 at address 1, on an adapter that hears what it says: an answer alone would not tell its registers. */
export function simulateModbusMeter({ random, identity = "12345678" }: SimulatorOptions): DeviceSimulator {
  const home = createHome(random);
  const read = (at: number): ((address: number) => number) => {
    const { importKwh, exportKwh, netW } = home(at);
    const volts = 228 + random() * 4;
    const values = new Map([
      [0x00, volts],
      [0x06, Math.abs(netW) / volts],
      [0x0c, netW],
      [0x12, Math.abs(netW)],
      [0x1e, 1],
      [0x46, 50],
      [0x48, importKwh],
      [0x4a, exportKwh],
    ]);
    return (address) => values.get(address) ?? 0;
  };
  const answer = (bytes: Uint8Array, at: number): Uint8Array | null => {
    const request = readModbusRequest(bytes);
    if (request?.unit !== 1) return null;
    if (request.functionCode === READ_HOLDING) {
      return modbusAnswer(1, READ_HOLDING, writeModbusWords([Number(identity) >>> 16, Number(identity) & 0xffff]));
    }
    const value = read(at);
    const floats = Array.from({ length: request.count / 2 }, (_, i) => value(request.register + i * 2));
    return modbusAnswer(1, READ_INPUT, writeModbusFloats(floats));
  };
  return {
    boot: () => NOTHING,
    frame(at) {
      const request = modbusRequest(1, READ_INPUT, 0x00, 0x4e);
      return Uint8Array.of(...request, ...(answer(request, at) ?? []));
    },
    answer,
  };
}
