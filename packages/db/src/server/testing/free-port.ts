import { randomInt } from "node:crypto";
import net from "node:net";

// Below the range from which Linux takes the ports of outgoing connections (32768 and up): a port of that range can be
// taken by any connection between being found free here and being listened on.
const LOWEST = 12_000;
const HIGHEST = 32_000;
const ATTEMPTS = 100;

/** A loopback port that nobody uses at this moment, and that no outgoing connection will take. */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const port = randomInt(LOWEST, HIGHEST);
    if (await isFree(port)) return port;
  }
  throw new TypeError(`None of ${ATTEMPTS} ports between ${LOWEST} and ${HIGHEST} is free.`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = net.createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
  });
}
