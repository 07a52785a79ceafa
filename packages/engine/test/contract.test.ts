import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Contract, contract, type LiveReading, type PreviewEvent } from "@ecolocal/core/api";
import { isRpcError } from "@ecolocal/core/api/rpc";
import { createIdSource, DAY_MS } from "@ecolocal/core/shared";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ensureDemoAt } from "../src/demo/index.ts";
import { type ConnectedWorkspace, connectWorkspace, createWorkspace } from "../src/workspace/index.ts";

const clock = { now: () => Date.now() };
const ids = createIdSource(clock, Math.random);
let root: string;
let demo: ConnectedWorkspace;
let own: ConnectedWorkspace;
const used = new Set<string>();

/** A client that remembers which procedures the tests have used. */
function client(connected: ConnectedWorkspace): ConnectedWorkspace["client"] {
  const { client } = connected;
  return {
    ...client,
    call: (name, ...rest) => {
      used.add(name);
      return client.call(name, ...rest);
    },
    ask: (name, ...rest) => {
      used.add(name);
      return client.ask(name, ...rest);
    },
    stream: (name, ...rest) => {
      used.add(name);
      return client.stream(name, ...rest);
    },
  };
}

async function open(dir: string) {
  const connected = await connectWorkspace(dir, {
    role: "cli",
    appVersion: "1.0.0",
    checkOutput: true,
    log: {
      write: (level, message, fields) => {
        if (level === "error") throw new TypeError(`${message} ${JSON.stringify(fields)} ${fields?.["error"]}`);
      },
    },
  });
  if (!connected.ok) throw new TypeError(connected.error.detail);
  return connected.value;
}

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "ecolocal-contract-"));
  process.env["ECOLOCAL_DATA_DIR"] = join(root, "data");
  const made = ensureDemoAt(join(root, "demo"), { appVersion: "1.0.0", clock, ids, timeZone: "Europe/Berlin" });
  if (!made.ok) throw new TypeError(made.error.detail);
  const founded = await createWorkspace(join(root, "own"), {
    name: "Our street",
    appVersion: "1.0.0",
    timeZone: "UTC",
  });
  if (!founded.ok) throw new TypeError(founded.error.detail);
  demo = await open(join(root, "demo"));
  own = await open(join(root, "own"));
});
afterAll(async () => {
  await demo.close();
  await own.close();
  rmSync(root, { recursive: true, force: true });
});

async function first<T>(values: AsyncIterable<T>, wanted: (value: T) => boolean): Promise<T> {
  for await (const value of values) if (wanted(value)) return value;
  throw new TypeError("The stream ended before the value came.");
}

async function codeOf(answer: Promise<unknown>) {
  return answer.then(
    () => "none",
    (error: unknown) => (isRpcError(error) ? error.code : String(error)),
  );
}

describe("the demo workspace", () => {
  it("says what it is", async () => {
    const status = await client(demo).call("workspace.status", {});
    expect(status).toMatchObject({ kind: "demo", mode: "live", counts: { sensors: 5, channels: 12 } });
    expect(status.counts.readings).toBeGreaterThan(1_000_000);
  });

  it("shows a home with judged cards, a sparkline and an idea", async () => {
    const home = await client(demo).call("home.overview", {});
    expect(home.cards).toHaveLength(8);
    const co2 = home.cards.find(({ quantity }) => quantity === "co2");
    expect(co2?.judgement?.bandSet.id).toBe("co2_simple");
    expect(co2?.sparkline).toHaveLength(48);
    expect(co2?.trend).not.toBeNull();
    const pm25 = home.cards.find(({ quantity, exposure }) => quantity === "pm25" && exposure === "outdoor");
    expect(pm25?.judgement).toMatchObject({ statistic: "nowcast_12h" });
    expect(home.topIdea?.id).toBe("air.ventilation-routine");
    expect(home.headline.text).toMatch(/^(Outdoor air at|Air in|Temperature|Humidity) .* is .* now/);
    expect(home.cards.map(({ quantity }) => quantity)).toContain("power");
  });

  it("judges its channels", async () => {
    const list = await client(demo).call("judgement.list", {});
    expect(list.flatMap(({ judgements }) => judgements.map(({ bandSet }) => bandSet.id))).toContain("who_aqg_2021");
  });

  it("gives series as ranges, buckets and calendar days", async () => {
    const api = client(demo);
    const channels = await api.call("channel.list", {});
    const channelId = channels.find(({ quantity }) => quantity === "co2")?.id ?? "";
    const to = Date.now();
    const from = to - DAY_MS;
    let rows = 0;
    for await (const block of api.stream("data.range", { channelId, from, to })) rows += block.at.length;
    expect(rows).toBeGreaterThan(1400);
    const buckets = await api.call("data.downsample", { channelId, from, to, points: 24 });
    expect(buckets.mean).toHaveLength(24);
    const days = await api.call("data.aggregate", { channelId, from: to - 7 * DAY_MS, to, unit: "day" });
    expect(days.from.length).toBeGreaterThanOrEqual(7);
    expect(await codeOf(api.call("data.downsample", { channelId: ids.next(), from, to, points: 1 }))).toBe(
      "CHANNEL_NOT_FOUND",
    );
    const unknownZone = { channelId, from, to, unit: "day", timeZone: "Mars/Base" } as const;
    expect(await codeOf(api.call("data.aggregate", unknownZone))).toBe("WORKSPACE_ZONE_UNKNOWN");
    let text = "";
    const query = { channelIds: [channelId], from: to - 600_000, to, format: "csv" as const };
    for await (const piece of api.stream("data.export", query)) text += piece.text;
    expect(text.split("\n")[0]).toContain("timestamp_utc,local_date,local_time");
  });

  it("explains its ideas, computes them again for other inputs, and starts a project from one", async () => {
    const api = client(demo);
    const list = await api.call("recommendation.list", {});
    const idea = list.find(({ status }) => status === "suggested");
    expect(idea?.id).toBe("air.ventilation-routine");
    const id = idea?.id ?? "";
    const detail = await api.call("recommendation.get", { id });
    expect(detail.evidence[0]).toMatchObject({ manual: false, channelName: expect.stringContaining("Class room") });
    const [range] = detail.impact;
    const assumption = range?.assumptions[0]?.name ?? "";
    const changed = await api.call("recommendation.get", {
      id,
      assumptions: { [assumption]: { lo: 1, likely: 1, hi: 1 } },
    });
    expect(changed.impact[0]?.p50).not.toBe(range?.p50);

    const changes = api.stream("workspace.changes", {});
    await changes.next();
    const project = await api.call("recommendation.accept", { id, title: "Fresh air for room 3", units: 4 });
    expect(project).toMatchObject({ title: "Fresh air for room 3", units: 4, recommendationId: id, tasksDone: 0 });
    expect(project.why).toContain("occupied hours");
    await first(changes, ({ topics }) => topics.includes("projects"));
    expect((await api.call("recommendation.list", {})).find((each) => each.id === id)?.feedback).toMatchObject({
      kind: "accepted",
      projectId: project.id,
    });

    const firstTask = project.tasks.find(({ dependsOn }) => dependsOn.length === 0);
    const done = await api.call("project.setTaskStatus", {
      projectId: project.id,
      taskId: firstTask?.id ?? "",
      status: "done",
    });
    expect(done).toMatchObject({ task: { status: "done" }, project: { tasksDone: 1 } });
    const states = (await api.call("project.list", {})).map(({ status }) => status);
    expect(states.toSorted()).toEqual(["active", "active", "done", "paused"]);
    expect((await api.call("project.get", { projectId: project.id })).tasks.some(({ blocked }) => blocked)).toBe(true);
    await api.call("project.remove", { projectId: project.id });
    expect(await api.call("project.list", {})).toHaveLength(3);
    await api.call("project.restore", { projectId: project.id });
    expect(await api.call("project.list", {})).toHaveLength(4);
    expect(await codeOf(api.call("project.get", { projectId: ids.next() }))).toBe("PROJECT_NOT_FOUND");
    const noTask = { projectId: project.id, taskId: ids.next(), status: "done" } as const;
    expect(await codeOf(api.call("project.setTaskStatus", noTask))).toBe("TASK_NOT_FOUND");
  });

  it("hides an idea that was dismissed until somebody reconsiders", async () => {
    const api = client(demo);
    const id = "air.clean-burn";
    await api.call("recommendation.dismiss", { id, reason: "We have them already." });
    expect((await api.call("recommendation.list", {})).some((each) => each.id === id)).toBe(false);
    const all = await api.call("recommendation.list", { includeDismissed: true });
    expect(all.find((each) => each.id === id)?.feedback).toMatchObject({ reason: "We have them already." });
    expect((await api.call("recommendation.reconsider", { id })).feedback).toBeNull();
    expect(await codeOf(api.call("recommendation.get", { id: "none" }))).toBe("RECOMMENDATION_NOT_FOUND");
  });

  it("can be filled anew, and everyone who looks at it goes on", async () => {
    const api = client(demo);
    const before = await api.call("workspace.status", {});
    expect(before.counts.projects).toBe(4);
    const after = await api.call("demo.reset", {});
    expect(after.workspaceId).not.toBe(before.workspaceId);
    expect(after.counts).toMatchObject({ projects: 3, sensors: 5 });
    expect(await codeOf(client(own).call("demo.reset", {}))).toBe("WORKSPACE_NOT_DEMO");
  });
});

describe("a new workspace", () => {
  it("has an empty home that says so", async () => {
    const home = await client(own).call("home.overview", {});
    expect(home).toMatchObject({ cards: [], projectsActive: 0, topIdea: null });
  });

  it("can be named and placed, and refuses zones that do not exist", async () => {
    const api = client(own);
    const configured = await api.call("workspace.configure", { name: "Mill lane", timeZone: "Europe/Paris" });
    expect(configured).toMatchObject({ name: "Mill lane", timeZone: "Europe/Paris" });
    expect(await codeOf(api.call("workspace.configure", { timeZone: "Nowhere" }))).toBe("WORKSPACE_ZONE_UNKNOWN");
  });

  it("lists ports and drivers", async () => {
    const api = client(own);
    expect(Array.isArray(await api.call("port.list", {}))).toBe(true);
    const drivers = await api.call("driver.list", {});
    expect(drivers.map(({ id }) => id)).toEqual(expect.arrayContaining(["sds011", "lines", "dsmr", "airrohr"]));
  });

  it("previews a device before it is saved, adds it, watches it, and never reads one port twice", async () => {
    const api = client(own);
    const port = "sim:sds011?seed=4&interval=50";
    const preview = api.stream("sensor.preview", { driverId: "sds011", port });
    const frame = await first<PreviewEvent>(preview, ({ kind }) => kind === "frame");
    expect(frame.kind === "frame" && frame.readings.map(({ quantity }) => quantity)).toEqual(["pm25", "pm10"]);
    const added = await api.call("sensor.add", {
      driverId: "sds011",
      port,
      name: "Window",
      place: "window",
      exposure: "outdoor",
      storeIntervalMs: 1000,
    });
    const twice = { driverId: "sds011", port, name: "Again" };
    expect(await codeOf(api.call("sensor.add", twice))).toBe("SENSING_PORT_TAKEN");
    expect(await codeOf(api.call("sensor.add", { ...twice, port: "x", driverId: "nothing" }))).toBe(
      "SENSING_DRIVER_UNKNOWN",
    );
    const badMapping = { ...twice, port: "y", mapping: [{ key: "t", quantity: "temperature" as const, unit: "kg" }] };
    expect(await codeOf(api.call("sensor.add", badMapping))).toBe("SENSING_MAPPING_INVALID");
    const watch = api.stream("sensor.watch", { sensorId: added.id });
    await first<LiveReading>(watch, ({ stored }) => stored);
    expect(await codeOf(first(api.stream("sensor.preview", { driverId: "sds011", port }), () => true))).toBe(
      "SENSING_PORT_TAKEN",
    );
    const seen = await api.call("sensor.get", { sensorId: added.id });
    expect(seen).toMatchObject({ state: "reading", freshness: "live", problem: null });
    expect(seen.channels.map(({ quantity }) => quantity).toSorted()).toEqual(["pm10", "pm25"]);
    await api.call("sensor.retry", { sensorId: added.id });
    const moved = await api.call("sensor.update", { sensorId: added.id, place: "roof", name: "Roof" });
    expect(moved).toMatchObject({ name: "Roof", place: "roof" });
    expect(moved.channels[0]?.place).toBe("roof");
    await api.call("sensor.remove", { sensorId: added.id });
    expect(await api.call("sensor.list", {})).toEqual([]);
    expect((await api.call("sensor.restore", { sensorId: added.id })).id).toBe(added.id);
    expect(await codeOf(api.call("sensor.get", { sensorId: ids.next() }))).toBe("SENSOR_NOT_FOUND");
  });

  it("takes readings by hand and from files", async () => {
    const api = client(own);
    const begun = await api.call("data.importBegin", { fileName: "co2.csv" });
    const progress = await api.call("data.importChunk", {
      importId: begun.importId,
      text: "time,co2\n2026-01-01T00:00:00Z,600\n2026-01-01T00:01:00Z,wrong\n",
      last: true,
    });
    expect(progress).toMatchObject({ inserted: 1, rejected: 1, problems: [{ row: 3 }], done: true });
    const [channelId = ""] = progress.channels;
    const report = await api.call("data.append", {
      readings: [
        { channelId, at: Date.now(), value: 640 },
        { channelId, at: 5, value: 640 },
      ],
    });
    expect(report).toMatchObject({ inserted: 1, refused: [{ index: 1, code: "READINGS_TIME_TOO_OLD" }] });
    const again = { importId: begun.importId, text: "", last: true };
    expect(await codeOf(api.call("data.importChunk", again))).toBe("IMPORT_NOT_FOUND");
  });

  it("takes metrics by hand, refuses implausible ones, and judges with them", async () => {
    const api = client(own);
    const metrics = await api.call("metric.list", {});
    expect(metrics.find(({ id }) => id === "interest_n")).toMatchObject({ boundTo: "nothing" });
    const set = await api.call("metric.setManual", { metricId: "interest_n", value: 26 });
    expect(set).toMatchObject({ boundTo: "manual", manual: { value: 26 } });
    expect(await codeOf(api.call("metric.setManual", { metricId: "interest_n", value: -5 }))).toBe(
      "METRIC_VALUE_IMPLAUSIBLE",
    );
    expect(await codeOf(api.call("metric.setManual", { metricId: "moon", value: 1 }))).toBe("METRIC_NOT_FOUND");
    const list = await api.call("recommendation.list", { status: ["suggested"] });
    expect(list.map(({ id }) => id)).toContain("move.cargo-bike-share");
    await api.call("metric.setManual", { metricId: "interest_n", value: null });
    const after = await api.call("recommendation.list", { status: ["suggested"] });
    expect(after.map(({ id }) => id)).not.toContain("move.cargo-bike-share");
  });
});

/** Areas whose procedures are all used above; sync, calibration and the ways in beside ports have tests of their own. */
const AREAS = [
  "workspace",
  "demo",
  "home",
  "driver",
  "sensor",
  "channel",
  "data",
  "judgement",
  "metric",
  "recommendation",
  "project",
];

/** Caring for stored readings has tests of its own (`care.test.ts`). */
const CARE = [
  "data.verify",
  "data.storage",
  "data.compact",
  "data.pauseCompression",
  "data.annotate",
  "data.undoAnnotation",
  "data.annotations",
  "data.retention",
  "data.retentionPolicies",
  "data.setRetention",
];

/** So have questions about stored readings (`questions.test.ts`). */
const QUESTIONS = [
  "data.latest",
  "data.lines",
  "data.histogram",
  "data.exceedance",
  "data.profile",
  "data.join",
  "data.consumption",
  "data.totals",
  "data.timeWeighted",
  "data.explain",
  "data.watchBuckets",
];

/** And Parquet files (`parquet.test.ts`). */
const PARQUET = ["data.exportParquet"];

/** And what people type and programs pipe in (`ways.test.ts`). */
const WAYS = ["channel.add", "sensor.feed", "sensor.configure", "port.diagnose"];

describe("the contract", () => {
  it("is used procedure by procedure above, every output checked against its schema", () => {
    const names = Object.keys(contract) as (keyof Contract)[];
    const elsewhere = [...CARE, ...QUESTIONS, ...WAYS, ...PARQUET];
    const ours = names.filter(
      (name) => (AREAS.includes(name.split(".")[0] ?? "") && !elsewhere.includes(name)) || name === "port.list",
    );
    expect(ours.filter((name) => !used.has(name))).toEqual([]);
  });
});
