import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type ConnectedWorkspace, connectWorkspace, createWorkspace } from "../workspace/index.ts";
import { startAgent } from "./agent.ts";
import { keepAwake, sleepBlocker } from "./keep-awake.ts";
import { renderMetrics } from "./metrics-text.ts";

const hasPromtool = spawnSync("promtool", ["--version"]).status === 0;

let root: string;
let workspace: ConnectedWorkspace;

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), "ecolocal-agent-"));
  process.env["ECOLOCAL_DATA_DIR"] = join(root, "data");
  await createWorkspace(join(root, "own"), { name: "Street", appVersion: "1.0.0", timeZone: "UTC" });
  const connected = await connectWorkspace(join(root, "own"), {
    role: "cli",
    appVersion: "1.0.0",
    ingest: true,
    holdsAs: "agent",
  });
  if (!connected.ok) throw new TypeError(connected.error.detail);
  workspace = connected.value;
});

afterEach(async () => {
  await workspace.close();
  rmSync(root, { recursive: true, force: true });
});

/** Node's own client, because fetch sets the Host header by itself. */
function get(url: string, host?: string): Promise<{ readonly status: number; readonly text: string }> {
  return new Promise((resolve, reject) => {
    request(url, { headers: host === undefined ? {} : { host } }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (part: string) => {
        text += part;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, text }));
    })
      .on("error", reject)
      .end();
  });
}

describe("agent", () => {
  test("reads all sensors, counts for Prometheus, writes down what happens to them, and ends", async () => {
    const lines: string[] = [];
    const log = { write: (level: string, message: string) => void lines.push(`${level} ${message}`) };
    const agent = await startAgent({ workspace, log, metricsPort: 0, keepAwake: false });
    if (!agent.ok) throw new TypeError(agent.error.detail);
    const { client } = workspace;
    const port = "sim:sds011?seed=1&interval=50";
    const { id } = await client.call("sensor.add", { driverId: "sds011", port, name: "Window" });
    await expect
      .poll(async () => (await client.call("sensor.get", { sensorId: id })).state, { timeout: 10_000 })
      .toBe("reading");
    const { status, text } = await get(agent.value.metricsUrl ?? "");
    expect(status).toBe(200);
    expect(text).toMatch(new RegExp(`ecolocal_port_frames_ok_total\\{sensor="${id}",driver="sds011"\\} [1-9]`));
    expect(text).toContain(`ecolocal_sensor_state{sensor="${id}",driver="sds011",state="reading"} 1`);
    expect(text).not.toContain("Window");
    await expect.poll(() => lines, { timeout: 10_000 }).toContain("info A sensor is being read.");
    await agent.value.close();
    expect(lines.at(-1)).toBe("info The agent ends.");
    await expect(get(agent.value.metricsUrl ?? "")).rejects.toThrow();
  });

  test.skipIf(!hasPromtool)("counts in a way that Prometheus itself understands", async () => {
    const { client } = workspace;
    await client.call("sensor.add", { driverId: "sds011", port: "sim:sds011?interval=50", name: 'Say "hi"' });
    const text = renderMetrics(
      await client.call("workspace.status", {}),
      await client.call("sensor.list", {}),
      Date.now(),
    );
    expect(spawnSync("promtool", ["check", "metrics"], { input: text, encoding: "utf8" })).toMatchObject({
      status: 0,
      stderr: "",
    });
  });

  test("shows its counts to this computer by its own address only", async () => {
    const log = { write: () => undefined };
    const agent = await startAgent({ workspace, log, metricsPort: 0, keepAwake: false });
    if (!agent.ok) throw new TypeError(agent.error.detail);
    const url = agent.value.metricsUrl ?? "";
    expect((await get(url, "evil.example.com")).status).toBe(421);
    expect((await get(url.replace("/metrics", "/"))).status).toBe(404);
    expect((await get(url.replace("/metrics", "/healthz"))).text).toBe("ok\n");
    const again = await startAgent({ workspace, log, metricsPort: Number(new URL(url).port), keepAwake: false });
    expect(again).toMatchObject({ error: { code: "SERVE_PORT_BUSY" } });
    await agent.value.close();
  });

  test("without sensors counts nothing and stays well-formed", () => {
    const text = renderMetrics({ counts: { sensors: 0, channels: 0, readings: 7, projects: 0 } as never }, [], 0);
    expect(text).toContain("# TYPE ecolocal_port_frames_ok_total counter");
    expect(text.endsWith("ecolocal_readings 7\n")).toBe(true);
  });
});

describe("keeping the computer awake", () => {
  test("is done by a program of the system that ends when this process does", () => {
    expect(sleepBlocker("darwin", 42)).toEqual({ command: "caffeinate", args: ["-i", "-s", "-w", "42"] });
    expect(sleepBlocker("linux", 42)?.args).toEqual(expect.arrayContaining(["--what=sleep:idle", "--pid=42"]));
    expect(sleepBlocker("win32", 42)).toBeNull();
  });

  test("says whether it works, and stops when it is released", async () => {
    const works = await keepAwake({ command: process.execPath, args: ["-e", "setTimeout(() => {}, 60_000)"] });
    expect(works.by).toBe(process.execPath);
    works.release();
    expect((await keepAwake({ command: "no-such-program-here", args: [] })).by).toBeNull();
    expect((await keepAwake({ command: process.execPath, args: ["-e", "process.exit(1)"] })).by).toBeNull();
    expect((await keepAwake(null)).by).toBeNull();
  });
});
