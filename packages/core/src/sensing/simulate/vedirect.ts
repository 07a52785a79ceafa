import { asciiBytes } from "./ascii.ts";
import { type DeviceSimulator, NOTHING, type SimulatorOptions } from "./device-simulator.ts";
import { createHome } from "./home.ts";

/**
 * Writes one text block with the byte that makes its sum a multiple of 256.
 *
 * Source: Victron Energy, VE.Direct Protocol 3.33, "Message format".
 */
export function writeVeDirectBlock(fields: Readonly<Record<string, string | number>>): Uint8Array {
  const lines = Object.entries(fields).map(([label, value]) => `\r\n${label}\t${value}`);
  const body = asciiBytes(`${lines.join("")}\r\nChecksum\t`);
  const sum = body.reduce((total, byte) => total + byte, 0);
  return Uint8Array.of(...body, -sum & 0xff);
}

export function simulateVeDirect({ random, identity = "HQ2600ECOLO" }: SimulatorOptions): DeviceSimulator {
  const home = createHome(random);
  return {
    boot: () => NOTHING,
    frame(at) {
      const { solarW, exportKwh } = home(at);
      const batteryMv = 12_600 + Math.round(random() * 400);
      return writeVeDirectBlock({
        PID: "0xA042",
        FW: 161,
        "SER#": identity,
        V: batteryMv,
        I: Math.round((solarW / batteryMv) * 1e6),
        VPV: 17_000 + solarW,
        PPV: solarW,
        CS: solarW > 0 ? 3 : 0,
        ERR: 0,
        LOAD: "ON",
        IL: 600,
        H19: Math.round(exportKwh * 100),
      });
    },
  };
}
