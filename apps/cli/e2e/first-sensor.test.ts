import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { CLI, plainEnvironment, type Run, runCli } from "../test/run-cli.ts";

const GUIDE = new URL("../../../docs/guide/first-sensor.md", import.meta.url);

const home = mkdtempSync(join(tmpdir(), "ecolocal-guide-"));
const env = { ECOLOCAL_DATA_DIR: join(home, "data"), ECOLOCAL_CONFIG_DIR: join(home, "config"), TZ: "UTC" };
const port = join(home, "ttyUSB0");
const started: ChildProcess[] = [];

/** A pair of joined terminals, with a played dust sensor at the far end. */
beforeAll(async () => {
  const deviceEnd = join(home, "device-end");
  started.push(
    spawn("socat", [`pty,raw,echo=0,link=${port}`, `pty,raw,echo=0,link=${deviceEnd}`], { stdio: "ignore" }),
  );
  await vi.waitUntil(() => existsSync(port) && existsSync(deviceEnd), { timeout: 10_000 });
  const args = [CLI, "sensor", "simulate", "sds011", "--interval", "200ms", "--output", deviceEnd];
  started.push(spawn(process.execPath, args, { env: plainEnvironment(), stdio: "ignore" }));
  writeFileSync(join(home, "history.csv"), history());
});

afterAll(async () => {
  for (const child of started) {
    child.kill("SIGKILL");
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  }
  rmSync(home, { recursive: true, force: true, maxRetries: 5 });
});

/** Twenty days of quarter-hour means of a kitchen with too much fine dust, up to yesterday. */
function history(): string {
  const quarter = 15 * 60_000;
  const end = Math.floor(Date.now() / quarter) * quarter - 24 * 3_600_000;
  const count = (20 * 24 * 3_600_000) / quarter;
  const rows = Array.from({ length: count }, (_, index) => {
    const at = end - (count - index) * quarter;
    const value = 24 + 10 * Math.sin((index / 96) * 2 * Math.PI);
    return `${new Date(at).toISOString()},${value.toFixed(1)}`;
  });
  return ["time,pm25", ...rows, ""].join("\n");
}

/** The commands of the guide, in order. */
function guideCommands(): string[] {
  const fences = [...readFileSync(GUIDE, "utf8").matchAll(/^```sh\n([\s\S]*?)^```/gm)];
  return fences.flatMap(([, body]) => (body ?? "").trim().split("\n"));
}

/** Takes a command line apart as a shell would: words, and words in double quotes. */
function toArguments(command: string): string[] {
  return [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? "").slice(1);
}

const run = (args: readonly string[]): Promise<Run> => runCli(args, { env, cwd: home });

async function firstIdea(): Promise<string> {
  const { stdout } = await run(["recommend", "list", "--status", "suggested", "--columns", "id", "--no-header"]);
  return stdout.split("\n")[0] ?? "";
}

it("leads from a sensor in the hand to a project with tasks, command by command", async () => {
  const outputs = new Map<string, Run>();
  for (const command of guideCommands().filter((line) => line !== "ecolocal open")) {
    const idea = command.includes("IDEA") ? await firstIdea() : "";
    const args = toArguments(command).map((word) => word.replace("/dev/ttyUSB0", port).replace("IDEA", idea));
    const result = await run(args);
    expect(result, `${command}\n${result.stderr}`).toMatchObject({ status: 0 });
    outputs.set(args.slice(0, 2).join(" "), result);
  }
  expect(outputs.get("sensor read")?.stdout).toMatch(/pm25\t\d/);
  expect(outputs.get("recommend show")?.stdout).toContain("Evidence");
  expect(outputs.get("project show")?.stdout).toContain("Tasks");
  expect(outputs.get("project task")?.stdout).toContain("is doing");
});

it("ends with the sensor's readings in the workspace and one project under way", async () => {
  const status = JSON.parse((await run(["status", "--json"])).stdout);
  expect(status).toMatchObject({ name: "Our street", counts: { sensors: 1, projects: 1 } });
  expect(status.counts.readings).toBeGreaterThan(1900);
});
