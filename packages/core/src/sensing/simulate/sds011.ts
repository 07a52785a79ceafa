/** What an SDS011 shows in one frame. */
export interface Sds011Sample {
  /** 0…6553.5, in steps of 0.1. */
  readonly pm25UgM3: number;
  /** 0…6553.5, in steps of 0.1. */
  readonly pm10UgM3: number;
  /** Two bytes as on the wire, four hex digits. */
  readonly deviceId?: string;
}

/**
 * Writes one report frame, byte for byte as the sensor does.
 *
 * Source: Nova Fitness, Laser Dust Sensor Control Protocol V1.3.
 */
export function writeSds011Frame({ pm25UgM3, pm10UgM3, deviceId = "A160" }: Sds011Sample): Uint8Array {
  const frame = new Uint8Array(10);
  const view = new DataView(frame.buffer);
  view.setUint16(0, 0xaac0);
  view.setUint16(2, Math.round(pm25UgM3 * 10), true);
  view.setUint16(4, Math.round(pm10UgM3 * 10), true);
  view.setUint16(6, Number.parseInt(deviceId, 16));
  frame[8] = frame.subarray(2, 8).reduce((sum, byte) => (sum + byte) & 0xff, 0);
  frame[9] = 0xab;
  return frame;
}
