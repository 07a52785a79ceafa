import { stat } from "node:fs/promises";
import { pipeTransport } from "./pipe.ts";
import { serialTransport } from "./serial.ts";
import type { Transport } from "./transport.ts";

/**
 * The way that fits a path, decided at every opening: a pipe for `-`, files and named pipes, serial for everything
 * else, paths that are not there included (a port that is unplugged now).
 */
export const pathTransport: Transport = {
  async open(target, listener) {
    const isPipe = target.path === "-" || (await isFileOrPipe(target.path));
    return (isPipe ? pipeTransport : serialTransport).open(target, listener);
  },
  isPresent: (path) => serialTransport.isPresent?.(path) ?? Promise.resolve(false),
};

async function isFileOrPipe(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  return found !== null && (found.isFile() || found.isFIFO());
}
