import type { Clock } from "@ecolocal/core/shared";
import type { Transport } from "@ecolocal/devices/transport";

/** Picks the way to a device by how its port is written: `sim:` is a simulated device, anything else a real path. */
export type ChooseTransport = (port: string, clock: Clock) => Promise<Transport>;

/** Ports are opened through a native module that is loaded only when the first sensor needs it. */
export const chooseTransport: ChooseTransport = async (port, clock) => {
  if (port.startsWith("sim:")) {
    const { createSimulatedTransport } = await import("./simulated-transport.ts");
    return createSimulatedTransport(clock);
  }
  const { pathTransport } = await import("@ecolocal/devices/transport");
  return pathTransport;
};
