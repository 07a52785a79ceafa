import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { AckingClient } from "../acking-client.ts";

// The way of one host through a bad day, on the embedded database: start, write, back up while people write, drill, lose
// the folder, restore, and start again. Every acknowledged edit from before the backup must be back.

const PROGRAM = fileURLToPath(new URL("../../src/main.ts", import.meta.url));
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "ecolocal-commands-"));
const backups = path.join(folder, "backups");
const KEY = "5e".repeat(32);
const env = { ...process.env, ECOLOCAL_SYNC_BACKUP_DIR: backups, ECOLOCAL_SYNC_BACKUP_KEY: KEY };

function start(
  data: string,
): Promise<{ url: string; token: string; stop: (signal: "SIGTERM" | "SIGKILL") => Promise<void> }> {
  const args = ["--conditions=source", PROGRAM, "--port", "0", "--data", data, "--dev-token"];
  const child = spawn(process.execPath, args, {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...env, ECOLOCAL_SYNC_DRAIN_MS: "100", ECOLOCAL_SYNC_LOG_LEVEL: "warn" },
  });
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => reject(new TypeError(`the server ended with ${code}`)));
    child.stdout?.once("data", (line: Buffer) => {
      const stop = async (signal: "SIGTERM" | "SIGKILL"): Promise<void> => {
        child.kill(signal);
        await gone;
      };
      resolve({ ...(JSON.parse(line.toString()) as { url: string; token: string }), stop });
    });
  });
}

function command(...args: string[]): Promise<Record<string, unknown> | null> {
  const child = spawn(process.execPath, ["--conditions=source", PROGRAM, ...args], {
    stdio: ["ignore", "pipe", "ignore"],
    env,
  });
  return new Promise((resolve, reject) => {
    let text = "";
    child.stdout?.on("data", (piece: Buffer) => {
      text += piece.toString();
    });
    child.once("error", reject);
    child.once("close", (code) => resolve(code === 0 ? (JSON.parse(text) as Record<string, unknown>) : null));
  });
}

function must(condition: unknown, sentence: string): asserts condition {
  if (!condition) throw new TypeError(sentence);
}

async function story(): Promise<string> {
  const [first, second] = [path.join(folder, "first"), path.join(folder, "second")];
  const server = await start(first);
  const writer = new AckingClient(server, "before");
  writer.write();
  await new Promise((resolve) => setTimeout(resolve, 1500));
  const before = [...writer.acknowledged];
  const backup = await command("backup", "--data", first);
  must(backup !== null, "no backup while the server runs");
  writer.stop();
  await server.stop("SIGKILL");
  const drill = await command("drill");
  must(drill !== null && drill["ok"] === true, "the drill did not succeed");
  const file = String((backup["value"] as { file?: unknown } | undefined)?.file ?? backup["file"]);
  const damaged = path.join(folder, "damaged");
  const bytes = fs.readFileSync(file);
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
  fs.writeFileSync(damaged, bytes);
  must((await command("drill", damaged)) === null, "the drill accepted a damaged backup");
  must((await command("restore", file, "--data", second)) !== null, "the restore failed");
  const again = await start(second);
  const stored = await AckingClient.readAll(again);
  await again.stop("SIGTERM");
  const lost = before.filter((name) => !stored.has(name)).length;
  must(before.length > 20, "too few edits");
  must(lost === 0, `${lost} edits from before the backup are lost`);
  return `${before.length} acknowledged edits before the backup, all back; RPO ${drill["rpoSeconds"]} s, RTO ${drill["rtoSeconds"]} s; a damaged backup is refused`;
}

try {
  process.stdout.write(`${await story()}\n`);
} finally {
  fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
