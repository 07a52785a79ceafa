import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { plainEnvironment, type Run, runCli } from "../test/run-cli.ts";

const GUIDE = new URL("../../../docs/guide/sharing.md", import.meta.url);
const SERVER = fileURLToPath(new URL("../../sync-server/src/main.ts", import.meta.url));

const home = mkdtempSync(join(tmpdir(), "ecolocal-sharing-"));
const env = {
  ECOLOCAL_DATA_DIR: join(home, "data"),
  ECOLOCAL_CONFIG_DIR: join(home, "config"),
  ECOLOCAL_STATE_DIR: join(home, "state"),
  TZ: "UTC",
};
let server: ChildProcess | undefined;
let invitation = "";
let port = 0;

beforeAll(async () => {
  await startServer();
}, 60_000);
afterAll(async () => {
  await stopServer();
  rmSync(home, { recursive: true, force: true, maxRetries: 5 });
});

async function startServer(): Promise<void> {
  const args = ["--conditions=source", SERVER, "--port", String(port), "--data", join(home, "sync-data")];
  const child = spawn(process.execPath, args, { env: plainEnvironment(), stdio: ["ignore", "pipe", "pipe"] });
  server = child;
  if (port === 0) {
    for await (const line of createInterface(child.stdout)) {
      const first = JSON.parse(line);
      invitation = first.invitation;
      port = Number(new URL(first.url).port);
      return;
    }
  }
  for await (const line of createInterface(child.stderr)) if (line.includes('"listening"')) return;
}

async function stopServer(): Promise<void> {
  if (server === undefined || server.exitCode !== null) return;
  const gone = once(server, "exit");
  server.kill("SIGKILL");
  await gone;
}

/** Twenty days of a classroom with too much fine dust. */
function history(): string {
  const quarter = 15 * 60_000;
  const end = Math.floor(Date.now() / quarter) * quarter - 24 * 3_600_000;
  const rows = Array.from({ length: 20 * 96 }, (_, index) => {
    const value = 24 + 10 * Math.sin((index / 96) * 2 * Math.PI);
    return `${new Date(end - (20 * 96 - index) * quarter).toISOString()},${value.toFixed(1)}`;
  });
  return ["time,pm25", ...rows, ""].join("\n");
}

function guideCommands(): string[] {
  const fences = [...readFileSync(GUIDE, "utf8").matchAll(/^```sh\n([\s\S]*?)^```/gm)];
  return fences.flatMap(([, body]) => (body ?? "").trim().split("\n")).filter((line) => line.startsWith("ecolocal "));
}

/** Takes a command line apart as a shell would: words, and words in double quotes. */
function toArguments(command: string): string[] {
  return [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? "").slice(1);
}

const run = (args: readonly string[]): Promise<Run> => runCli(args, { env, cwd: home });

async function firstIdea(): Promise<string> {
  writeFileSync(join(home, "history.csv"), history());
  const where = ["--workspace", "ada"];
  const flags = ["--column", "pm25=pm25", "--place", "School", "--exposure", "indoor", "--interval", "15m"];
  await run(["data", "import", "history.csv", ...flags, ...where]);
  const list = ["recommend", "list", "--status", "suggested", "--columns", "id", "--no-header", ...where];
  return (await run(list)).stdout.split("\n")[0] ?? "";
}

it("leads two people with one server to the same project, command by command, across a time without a connection", async () => {
  const outputs = new Map<string, Run>();
  let link = "";
  for (const command of guideCommands()) {
    const idea = command.includes("IDEA") ? await firstIdea() : "";
    if (command.includes("1 done --workspace ada")) await stopServer();
    if (command === "ecolocal sync now --workspace ada" && link !== "" && server?.signalCode) await startServer();
    const args = toArguments(command).map((word) =>
      word.replace("INVITATION", invitation).replace("LINK", link).replace("IDEA", idea).replace("8787", String(port)),
    );
    const result = await run(args);
    expect(result, `${command}\n${result.stderr}`).toMatchObject({ status: 0 });
    expect(result.stderr, command).not.toContain("✗");
    if (command.includes("sync invite")) link = result.stdout.trim();
    outputs.set(command, result);
  }
  const said = (command: string): string => outputs.get(command)?.stdout ?? "";
  expect(said("ecolocal sync status --workspace ada")).toContain("Up to date since");
  expect(said("ecolocal sync status --workspace ben")).toContain("1 change waiting");
  expect(said('ecolocal sync join "LINK" --dry-run --workspace ben')).toMatch(/Invited by\s+Ada/);
  const show = 'ecolocal project show "Clean air in the school" --workspace';
  expect(said(`${show} ada`)).toBe(said(`${show} ben`));
  expect(said(`${show} ada`)).toContain("1 of ");
  expect(said("ecolocal member list --workspace ada")).toContain("Ben");
}, 180_000);
