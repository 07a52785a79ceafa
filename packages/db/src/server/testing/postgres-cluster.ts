import { execFile, spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { freePort } from "./free-port.ts";

const run = promisify(execFile);

/** A private PostgreSQL for tests, on loopback, gone when stopped. */
export interface PostgresCluster {
  /** Connection string of an empty database of its own. */
  createDatabase(): Promise<string>;
  readonly port: number;
  readonly version: string;
  /** Stops the server; `immediate` is as if the power went. */
  stop(mode?: "fast" | "immediate"): Promise<void>;
  start(): Promise<void>;
  /** Stops and removes everything. */
  remove(): Promise<void>;
}

/** Where Debian and others keep the server binaries, newest first; `null` when PostgreSQL is not installed. */
export function findPostgresBinaries(): string | null {
  const root = "/usr/lib/postgresql";
  const versions = fs.existsSync(root) ? fs.readdirSync(root).sort((a, b) => Number(b) - Number(a)) : [];
  const found = versions
    .map((version) => path.join(root, version, "bin"))
    .find((bin) => fs.existsSync(path.join(bin, "initdb")));
  return found ?? null;
}

/** Makes and starts a cluster in a temporary folder. Throws when PostgreSQL is not installed. */
export async function startPostgresCluster(): Promise<PostgresCluster> {
  const bin = findPostgresBinaries();
  if (bin === null) throw new TypeError("PostgreSQL is not installed: apt-get install postgresql.");
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), "ecolocal-postgres-"));
  const data = path.join(directory, "data");
  // initdb and postgres refuse to run as root.
  const asServer = process.getuid?.() === 0 ? ["runuser", "-u", "postgres", "--"] : [];
  if (asServer.length > 0) await run("chown", ["postgres", directory]);
  const server = async (command: string, args: readonly string[]): Promise<void> => {
    const [head, ...rest] = [...asServer, path.join(bin, command), ...args];
    await runDetached(head ?? command, rest);
  };
  await server("initdb", ["-D", data, "-U", "ecolocal", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C"]);
  const port = await freePort();
  const options = `-h 127.0.0.1 -p ${port} -k ${directory} -c max_connections=60`;
  const start = () => server("pg_ctl", ["-D", data, "-l", path.join(directory, "log"), "-w", "-o", options, "start"]);
  const stop = (mode: "fast" | "immediate" = "fast") => server("pg_ctl", ["-D", data, "-w", "-m", mode, "stop"]);
  await start();
  let databases = 0;
  return {
    port,
    version: path.basename(path.dirname(bin)),
    start,
    stop,
    async createDatabase() {
      databases += 1;
      const name = `test${databases}`;
      await run(path.join(bin, "createdb"), ["-h", "127.0.0.1", "-p", String(port), "-U", "ecolocal", name]);
      return `postgres://ecolocal@127.0.0.1:${port}/${name}`;
    },
    async remove() {
      await stop("immediate").catch(() => undefined);
      fs.rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

// pg_ctl leaves the server behind it: pipes that stay open would keep execFile waiting.
function runDetached(command: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...args], { stdio: ["ignore", "ignore", "ignore"] });
    child.once("error", reject);
    child.once("exit", (code) => {
      if (code === 0) resolve();
      else reject(new TypeError(`${command} ${args.join(" ")} ended with ${code}`));
    });
  });
}
