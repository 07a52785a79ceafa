import { shdlcAnswer } from "../framing/shdlc.ts";
import { createAir } from "./air.ts";
import { asciiBytes } from "./ascii.ts";
import { type DeviceSimulator, NOTHING, type SimulatorOptions } from "./device-simulator.ts";
import { writeModbusFloats } from "./modbus.ts";

const [START, STOP, READ, WAKE, INFO] = [0x00, 0x01, 0x03, 0x11, 0xd0] as const;
/** The wake-up command is the only one whose code has to be stuffed. */
const STUFFED = 0x7d;
const NOT_ALLOWED = 0x43;

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
      // A byte before the frame wakes the interface and is no part of it.
      const start = request.indexOf(0x7e);
      const command = start === -1 ? undefined : request[start + 2];
      switch (command) {
        case undefined:
          return null;
        case READ:
          return measuring ? measurement(at) : shdlcAnswer(READ, [], NOT_ALLOWED);
        case INFO:
          return writeSps30Serial(identity);
        case STUFFED:
          return shdlcAnswer(WAKE);
        default:
          measuring = command === START || (measuring && command !== STOP);
          return shdlcAnswer(command);
      }
    },
  };
}
