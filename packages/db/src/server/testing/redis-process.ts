import { type ChildProcess, spawn } from "node:child_process";
import net from "node:net";
import { freePort } from "./free-port.ts";

/** A private Redis for tests, on loopback, that keeps nothing on disk. */
export interface RedisProcess {
  readonly url: string;
  start(): Promise<void>;
  /** Ends it at once, as if it had crashed. */
  kill(): Promise<void>;
}

/** Starts a Redis of its own. Throws when Redis is not installed. */
export async function startRedis(): Promise<RedisProcess> {
  const port = await freePort();
  let child: ChildProcess | null = null;
  const start = async (): Promise<void> => {
    const started = spawn(
      "redis-server",
      ["--bind", "127.0.0.1", "--port", String(port), "--save", "", "--appendonly", "no", "--dir", "/"],
      { stdio: "ignore" },
    );
    child = started;
    await new Promise<void>((resolve, reject) => {
      started.once("error", () => reject(new TypeError("Redis is not installed: apt-get install redis-server.")));
      waitForPort(port).then(resolve, reject);
    });
  };
  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    start,
    async kill() {
      const ended = child;
      child = null;
      if (ended === null || ended.exitCode !== null) return;
      const gone = new Promise((resolve) => ended.once("exit", resolve));
      ended.kill("SIGKILL");
      await gone;
    },
  };
}

async function waitForPort(port: number): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = net.connect(port, "127.0.0.1", () => {
        socket.destroy();
        resolve(true);
      });
      socket.once("error", () => resolve(false));
    });
    if (open) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new TypeError(`Nothing listens on port ${port}.`);
}
