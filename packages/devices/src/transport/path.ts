import { stat } from "node:fs/promises";
import { pipeTransport } from "./pipe.ts";
import { serialTransport } from "./serial.ts";
import { tcpTransport } from "./tcp.ts";
import type { Transport } from "./transport.ts";

/**
 * The way that fits a path, decided at every opening: a serial bridge for `tcp://`, a broker for `mqtt://` and
 * `mqtts://`, a pipe for `-`, files and named pipes, serial for everything else, paths that are not there included (a
 * port that is unplugged now).
 */
export const pathTransport: Transport = {
  async open(target, listener) {
    return (await chooseWay(target.path)).open(target, listener);
  },
  async isPresent(path) {
    return isAddress(path) || (await serialTransport.isPresent?.(path)) !== false;
  },
};

/** Tells whether a port name is an address on the network: nothing is plugged in there. */
export function isAddress(path: string): boolean {
  return /^(?:tcp|mqtts?|push|pipe):/.test(path);
}

async function chooseWay(path: string): Promise<Transport> {
  if (path.startsWith("tcp://")) return tcpTransport;
  if (/^mqtts?:\/\//.test(path)) return (await import("../mqtt/index.ts")).mqttTransport;
  const isPipe = path === "-" || (await isFileOrPipe(path));
  return isPipe ? pipeTransport : serialTransport;
}

async function isFileOrPipe(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  return found !== null && (found.isFile() || found.isFIFO());
}
