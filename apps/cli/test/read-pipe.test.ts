import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { collect, runCli, startCli, temporaryFolder } from "./run-cli.ts";

const message = (temperatureC: number, id = 7) =>
  JSON.stringify({ time: new Date().toISOString(), model: "Bresser-5in1", id, temperature_C: temperatureC });

async function workspace() {
  const root = temporaryFolder();
  const dir = join(root, "w");
  const env = { ECOLOCAL_DATA_DIR: join(root, "data"), ECOLOCAL_STATE_DIR: join(root, "state") };
  expect((await runCli(["init", dir, "--quiet"], { env })).status).toBe(0);
  const run = (args: readonly string[], input?: string) =>
    runCli([...args, "-w", dir], input === undefined ? { env } : { env, input });
  const start = (args: readonly string[]) => startCli([...args, "-w", dir], { env });
  const latest = async () => {
    const { stdout } = await run(["data", "latest", "--json"]);
    return (JSON.parse(stdout) as { readings: { quantity: string; value: number }[] }).readings;
  };
  return { run, start, latest };
}

describe("reading what another program pipes in", () => {
  it("keeps it in a sensor of its own, the last line without a line feed included, and goes on with it later", async () => {
    const { run, latest } = await workspace();
    const first = await run(["sensor", "read", "rtl_433", "-"], `noise\n${message(20.1)}\n${message(20.5, 8)}`);
    expect(first.status).toBe(0);
    expect(first.stdout).toBe("");
    expect(first.stderr).toMatch(/2 messages understood, 0 damaged, 6 bytes of nothing/);
    const second = await run(["sensor", "read", "rtl433", "-", "--json"], `${message(21.4)}\n`);
    expect(JSON.parse(second.stdout)).toMatchObject({ framesOk: 1, framesBad: 0 });
    expect((await latest()).map(({ value }) => value).toSorted()).toEqual([20.5, 21.4]);
    const { stdout } = await run(["sensor", "list", "--json"]);
    expect((JSON.parse(stdout) as { sensors: object[] }).sensors).toMatchObject([{ port: "pipe:rtl433" }]);
  });

  it("hands it to the EcoLocal that runs, and keeps what came before Ctrl-C", async () => {
    const { run, start, latest } = await workspace();
    const agent = start(["agent"]);
    await once(agent.stdout as NodeJS.ReadableStream, "data");
    const reader = start(["sensor", "read", "lines", "-", "--name", "Loft", "--map", "t=temperature:Cel"]);
    const ended = collect(reader);
    reader.stdin?.write("t=19.5\nt=20.5\n");
    await once(reader.stderr as NodeJS.ReadableStream, "data");
    reader.kill("SIGINT");
    const report = await ended;
    expect([report.status, report.stdout]).toEqual([130, ""]);
    expect(report.stderr).toContain("2 messages understood");
    const status = JSON.parse((await run(["status", "--json"])).stdout) as { owner: { role: string } };
    expect(status.owner.role).toBe("agent");
    agent.kill("SIGTERM");
    await once(agent, "exit");
    expect(await latest()).toMatchObject([{ quantity: "temperature" }]);
  });

  it("has kept everything when nobody is there to be told", async () => {
    const { start, latest } = await workspace();
    const reader = start(["sensor", "read", "rtl433", "-", "--json"]);
    reader.stdout?.destroy();
    const closed = once(reader, "close");
    reader.stdin?.end(`${message(18.5)}\n`);
    await closed;
    expect((await latest()).map(({ value }) => value)).toEqual([18.5]);
  });

  it("adds nothing for an empty input, and refuses what it does not know before it reads", async () => {
    const { run } = await workspace();
    const empty = await run(["sensor", "read", "lines", "-"], "");
    expect([empty.status, empty.stderr.includes("0 bytes")]).toEqual([0, true]);
    const unknown = await run(["sensor", "read", "nonsense", "-"], "x\n");
    expect(unknown.status).toBe(4);
    expect(unknown.stderr).toContain("SENSING_DRIVER_UNKNOWN");
    expect((JSON.parse((await run(["sensor", "list", "--json"])).stdout) as { sensors: object[] }).sensors).toEqual([]);
  });
});

/** Linux and macOS with socat, which makes the two ends of a port. */
const hasSocat = spawnSync("socat", ["-V"]).status === 0;

describe.skipIf(!hasSocat)("a pretended device on a port", () => {
  it("is read like a real one, faults included, until it is stopped", async () => {
    const { run, start } = await workspace();
    const device = startCli([
      "sensor",
      "simulate",
      "sds011",
      "--pty",
      "--interval",
      "50ms",
      "--fault",
      "garbage=0.3",
      "--json",
    ]);
    const ended = collect(device);
    const [first] = (await once(device.stdout as NodeJS.ReadableStream, "data")) as [Buffer];
    const { port } = JSON.parse(first.toString()) as { port: string };
    const added = await run(["sensor", "add", "--port", port, "--driver", "sds011", "--name", "Window"]);
    expect(added.status).toBe(0);
    const watching = await collect(start(["sensor", "watch", "Window", "--count", "20", "--json"]));
    expect(watching.status).toBe(0);
    device.kill("SIGINT");
    const report = await ended;
    expect(report.status).toBe(0);
    expect(report.stderr).toMatch(/\d+ frames sent/);
    expect(existsSync(port)).toBe(false);
  });

  it("refuses faults that it does not know", async () => {
    const wrong = await runCli(["sensor", "simulate", "sds011", "--pty", "--fault", "fire=0.5"]);
    expect(wrong.status).toBe(2);
    expect(wrong.stderr).toContain("unplug");
  });
});
