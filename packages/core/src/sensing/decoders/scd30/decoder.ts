import type { DecodedReading, Decoder } from "../../decoder.ts";
import { createByteFramer, refused, type Verdict } from "../../framing/byte-framer.ts";
import { readFloat32 } from "../../framing/float32.ts";
import { createModbusRule, READ_HOLDING } from "../../framing/modbus.ts";
import { createReading } from "../../plausibility.ts";

const UNIT = 0x61;
/** Three floats. */
const MEASUREMENT_LENGTH = 12;
const FIELDS = ["co2", "temperature", "humidity"] as const;

/**
 * Decodes measurements of a Sensirion SCD30 over Modbus: CO2 in ppm, temperature in °C, relative humidity in %.
 *
 * The answer of six registers is the measurement; every other answer (data ready, firmware, settings) is refused as
 * no reading. A CO2 of 0 means that nothing has been measured yet (`warming_up`); what is not a number is left out.
 *
 * Source: Sensirion, SCD30 Interface Description V0.94, §1.4.5.
 */
export function createScd30Decoder(): Decoder {
  return createByteFramer(
    createModbusRule((message, length) => {
      const isMeasurement =
        message.kind === "answer" &&
        message.unit === UNIT &&
        message.functionCode === READ_HOLDING &&
        message.data.length === MEASUREMENT_LENGTH;
      return isMeasurement ? decodeMeasurement(message.data, length) : refused(length, "SENSING_FRAME_NOT_A_READING");
    }),
  );
}

function decodeMeasurement(data: Uint8Array, length: number): Verdict {
  const co2 = readFloat32(data, 0);
  const quality = co2 === 0 ? (["warming_up"] as const) : [];
  const readings: DecodedReading[] = [];
  const raw: Record<string, number | null> = { unit: UNIT };
  for (let i = 0; i < FIELDS.length; i++) {
    const quantity = FIELDS[i] as (typeof FIELDS)[number];
    const value = i === 0 ? co2 : readFloat32(data, i * 4);
    raw[quantity] = value;
    if (value !== null) readings.push(createReading(quantity, value, { quality }));
  }
  return { kind: "frame", length, content: { readings, raw } };
}
