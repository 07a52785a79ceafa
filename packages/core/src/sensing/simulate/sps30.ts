import { shdlcAnswer } from "../framing/shdlc.ts";
import { createAir } from "./air.ts";
import { asciiBytes } from "./ascii.ts";
import { type DeviceSimulator, NOTHING, type SimulatorOptions } from "./device-simulator.ts";
import { writeModbusFloats } from "./modbus.ts";

/** Writes the answer with ten values, in the order of the datasheet, as floats. */
export function writeSps30Measurement(values: readonly number[], state = 0): Uint8Array {
  return shdlcAnswer(0x03, [...writeModbusFloats(values)], state);
}

/** Writes the answer with the serial number. */
export function writeSps30Serial(serial: string): Uint8Array {
  return shdlcAnswer(0xd0, [...asciiBytes(serial), 0]);
}

export function simulateSps30({ random, identity = "ECO0123456789ABC" }: SimulatorOptions): DeviceSimulator {
  const air = createAir(random);
  const measurement = (at: number): Uint8Array => {
    const { pm25UgM3, pm10UgM3 } = air(at);
    const counts = [6.8, 7.9, 8, 8.1, 8.2].map((perUgM3) => perUgM3 * pm25UgM3);
    return writeSps30Measurement([pm25UgM3 * 0.9, pm25UgM3, pm10UgM3 * 0.97, pm10UgM3, ...counts, 0.55]);
  };
  let measuring = false;
  return {
    boot: () => NOTHING,
    frame: measurement,
    answer(request, at) {
      const command = request[2];
      if (request[0] !== 0x7e || command === undefined) return null;
      if (command === 0x00) measuring = true;
      if (command === 0x03) return measuring ? measurement(at) : shdlcAnswer(0x03, [], 0x43);
      return command === 0xd0 ? writeSps30Serial(identity) : shdlcAnswer(command);
    },
  };
}
