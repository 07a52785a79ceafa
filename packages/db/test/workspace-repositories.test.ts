import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { noticeRepository } from "../src/notices/index.ts";
import { createTempWorkspace, type TempWorkspace } from "../src/testing/index.ts";
import {
  auditRepository,
  channelRepository,
  feedbackRepository,
  importRepository,
  manualValueRepository,
  type SensorRecord,
  sensorRepository,
  settingsRepository,
  type WorkspaceDb,
} from "../src/workspace/index.ts";

let temp: TempWorkspace;
let db: WorkspaceDb;
beforeEach(() => {
  temp = createTempWorkspace();
  db = temp.open().db;
});
afterEach(() => temp.dispose());

function aSensor(change: Partial<SensorRecord> = {}): SensorRecord {
  return {
    id: temp.ids.next(),
    name: "Kitchen dust",
    driverId: "sds011",
    portPath: "/dev/ttyUSB0",
    portIdentity: { vendorId: "1a86", productId: "7523", serialNumber: null, location: "usb-1" },
    serialSettings: { baudRate: 9600, dataBits: 8, parity: "none", stopBits: 1 },
    place: "Kitchen",
    exposure: "indoor",
    mapping: [{ key: "t", quantity: "temperature", unit: "Cel" }],
    storeIntervalMs: 60_000,
    deviceIdentity: "a160",
    createdAt: temp.clock.now(),
    position: null,
    removedAt: null,
    ...change,
  };
}

describe("what a workspace remembers", () => {
  it("keeps a sensor with everything that was said about it", () => {
    const sensors = sensorRepository(db);
    const sensor = aSensor();
    sensors.add(sensor);
    expect(sensors.find(sensor.id)).toEqual(sensor);
    expect(sensors.change(sensor.id, { name: "Hall dust", portIdentity: null })).toBe(true);
    expect(sensors.list()).toEqual([{ ...sensor, name: "Hall dust", portIdentity: null }]);
    expect(sensors.change(temp.ids.next(), { name: "x" })).toBe(false);
  });

  it("reads what an older program wrote, where nothing may be brought up to date", () => {
    const sensors = sensorRepository(db);
    const sensor = aSensor();
    sensors.add(sensor);
    db.sqlite.exec(`alter table sensors drop column latitude; alter table sensors drop column longitude;
      drop table notices`);
    expect(sensors.list()).toEqual([sensor]);
    const notices = noticeRepository(db);
    expect([notices.list(10), notices.open(), notices.unread(), notices.notifiedSince(0)]).toEqual([[], [], [], []]);
  });

  it("hides a removed sensor and brings it back", () => {
    const sensors = sensorRepository(db);
    const sensor = aSensor();
    sensors.add(sensor);
    sensors.change(sensor.id, { removedAt: 5 });
    expect(sensors.list()).toEqual([]);
    expect(sensors.listWithRemoved()).toHaveLength(1);
    sensors.change(sensor.id, { removedAt: null });
    expect(sensors.list()).toEqual([sensor]);
  });

  it("finds the channel of a sensor and the channel of an imported series", () => {
    const sensor = aSensor();
    sensorRepository(db).add(sensor);
    const channels = channelRepository(db);
    const measured = {
      id: temp.ids.next(),
      sensorId: sensor.id,
      quantity: "pm25",
      key: "",
      place: "Kitchen",
      exposure: "indoor",
      intervalMs: 60_000,
    } as const;
    const imported = { ...measured, id: temp.ids.next(), sensorId: null };
    channels.add(measured, 1);
    channels.add(imported, 2);
    expect(channels.findOfSensor(sensor.id, "pm25", "")).toEqual(measured);
    expect(channels.findAtPlace(imported)).toEqual(imported);
    expect(channels.change(measured.id, { place: "Hall" })).toBe(true);
    expect(channels.listOfSensor(sensor.id)).toEqual([{ ...measured, place: "Hall" }]);
    expect(channels.list().map((channel) => channel.id)).toEqual([measured.id, imported.id]);
    expect(() => channels.add({ ...measured, id: temp.ids.next() }, 3)).toThrow(/UNIQUE/);
  });

  it("keeps the history of a typed-in value and answers with the newest", () => {
    const values = manualValueRepository(db);
    const value = { metricId: "sealed_m2", unit: "m2", recordedAt: 100 };
    values.set({ ...value, value: 20, observedAt: 10 });
    values.set({ ...value, value: 35, observedAt: 20 });
    values.set({ ...value, value: 30, observedAt: 20 });
    values.set({ ...value, metricId: "residents", value: 4, unit: "1", observedAt: 5 });
    expect(values.latest("sealed_m2")?.value).toBe(30);
    expect(values.history("sealed_m2").map((entry) => entry.value)).toEqual([20, 30]);
    expect(values.latestOfAll().map((entry) => [entry.metricId, entry.value])).toEqual([
      ["residents", 4],
      ["sealed_m2", 30],
    ]);
    values.clear("sealed_m2");
    expect(values.latest("sealed_m2")).toBeNull();
  });

  it("lets the last answer to a recommendation stand and takes it back on request", () => {
    const feedback = feedbackRepository(db);
    const answer = { recommendationId: "air_corsi", reason: "no room", at: 1, projectId: null };
    feedback.add({ ...answer, action: "dismissed" });
    feedback.add({ ...answer, recommendationId: "led_swap", action: "accepted", projectId: temp.ids.next() });
    expect(feedback.current("air_corsi")?.action).toBe("dismissed");
    expect(feedback.currentOfAll()).toHaveLength(2);
    feedback.add({ ...answer, action: "reconsidered", at: 2 });
    expect(feedback.current("air_corsi")).toBeNull();
    expect(feedback.currentOfAll().map((entry) => entry.recommendationId)).toEqual(["led_swap"]);
    expect(feedback.history("air_corsi").map((entry) => entry.action)).toEqual(["dismissed", "reconsidered"]);
  });

  it("recognises a file that was imported before, and marks imports that a crash left running", () => {
    const imports = importRepository(db);
    const begin = { fileName: "year.csv", format: "csv", options: { zone: "UTC" }, startedAt: 1 };
    const done = temp.ids.next();
    const running = temp.ids.next();
    imports.begin({ ...begin, id: done });
    imports.begin({ ...begin, id: running, startedAt: 2 });
    const counts = { rowsRead: 9, rowsRejected: 1, readingsInserted: 8, readingsCorrected: 0, readingsUnchanged: 0 };
    imports.progress(done, counts);
    expect(imports.findByFile("ab")).toBeNull();
    imports.finish(done, { status: "finished", fileSha256: "ab", finishedAt: 3 });
    expect(imports.findByFile("ab")).toMatchObject({ id: done, ...counts, options: { zone: "UTC" }, finishedAt: 3 });
    expect(imports.abandonRunning(4)).toBe(1);
    expect(imports.list().map((entry) => entry.status)).toEqual(["abandoned", "finished"]);
  });

  it("changes the workspace's own settings and forgets one on request", () => {
    const settings = settingsRepository(db);
    settings.changeWorkspace({ name: "New name", place: "Berlin" });
    expect(settings.workspaceInfo()).toEqual({ ...temp.info, name: "New name", place: "Berlin" });
    settings.set("ui.theme", { dark: true });
    expect(settings.get("ui.theme")).toEqual({ dark: true });
    settings.set("ui.theme", undefined);
    expect(settings.get("ui.theme")).toBeUndefined();
  });

  it("lists what was done to a thing, newest first", () => {
    const audit = auditRepository(db);
    audit.add({ at: 1, actor: "cli", action: "sensor.add", subject: "s1", detail: "" });
    audit.add({ at: 2, actor: "app", action: "sensor.rename", subject: "s1", detail: "a to b" });
    audit.add({ at: 3, actor: "app", action: "sensor.add", subject: "s2", detail: "" });
    expect(audit.list({ subject: "s1", limit: 10 }).map((entry) => entry.at)).toEqual([2, 1]);
    expect(audit.list({ limit: 1 }).map((entry) => entry.subject)).toEqual(["s2"]);
  });
});
