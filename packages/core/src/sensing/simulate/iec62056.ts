import { asciiBytes } from "./ascii.ts";
import { type DeviceSimulator, NOTHING, type SimulatorOptions } from "./device-simulator.ts";
import { createHome } from "./home.ts";

/** Writes a readout: pushed (mode D), or with STX, ETX and block check as a meter answers in mode C. */
export function writeReadout(
  identification: string,
  lines: readonly string[],
  { checked = false }: { readonly checked?: boolean } = {},
): Uint8Array {
  const data = `${lines.map((line) => `${line}\r\n`).join("")}!\r\n`;
  if (!checked) return asciiBytes(`/${identification}\r\n\r\n${data}`);
  const body = asciiBytes(`${data}\u0003`);
  const check = body.reduce((sum, byte) => sum ^ byte, 0);
  return Uint8Array.of(...asciiBytes(`/${identification}\r\n\u0002`), ...body, check);
}

export function simulateIec62056({ random, identity = "12345678" }: SimulatorOptions): DeviceSimulator {
  const home = createHome(random);
  const lines = (at: number): string[] => {
    const { importKwh, exportKwh, netW } = home(at);
    return [
      "F.F(00000000)",
      `0.0.0(${identity})`,
      `1.8.0(${importKwh.toFixed(3).padStart(10, "0")}*kWh)`,
      `2.8.0(${exportKwh.toFixed(3).padStart(10, "0")}*kWh)`,
      `16.7.0(${(netW / 1000).toFixed(3)}*kW)`,
    ];
  };
  return {
    boot: () => NOTHING,
    frame: (at) => writeReadout("ECO5SIMULATED", lines(at)),
    answer(request, at) {
      const text = String.fromCharCode(...request);
      if (text.startsWith("/?")) return asciiBytes("/ECO5SIMULATED\r\n");
      if (request[0] !== 0x06) return null;
      // What follows the identification line, which has been sent already.
      return writeReadout("ECO5SIMULATED", lines(at), { checked: true }).subarray("/ECO5SIMULATED\r\n".length);
    },
  };
}
