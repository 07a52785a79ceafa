import type { PortLister, RawPort } from "./raw-port.ts";

/** A port as serialport's `list()` shows it. */
interface ListedPort {
  readonly path: string;
  readonly manufacturer?: string | undefined;
  readonly serialNumber?: string | undefined;
  readonly pnpId?: string | undefined;
  readonly locationId?: string | undefined;
  readonly productId?: string | undefined;
  readonly vendorId?: string | undefined;
}

/** Lists ports on macOS and Windows through serialport. Built from its documentation, not verified on either. */
export const serialportLister: PortLister = {
  async list() {
    const { SerialPort } = await import("serialport");
    return (await SerialPort.list()).map((port) => toRawPort(port, process.platform));
  },
};

/**
 * Brings serialport's words into ours. macOS: opening `/dev/tty.*` waits for a carrier, so `/dev/cu.*` is used.
 * Windows: the instance id tells the socket where a device has no serial number.
 */
export function toRawPort(port: ListedPort, platform: NodeJS.Platform): RawPort {
  const usbId = port.vendorId && port.productId ? `${port.vendorId}:${port.productId}`.toLowerCase() : null;
  return {
    path: platform === "darwin" ? port.path.replace(/^\/dev\/tty\./, "/dev/cu.") : port.path,
    stablePath: null,
    usbId,
    serialNumber: port.serialNumber ?? null,
    manufacturer: port.manufacturer ?? null,
    product: null,
    location: (platform === "win32" ? port.pnpId : port.locationId) ?? null,
  };
}
