import type { CallContext } from "@ecolocal/core/api/rpc";
import type { SensorSeen } from "@ecolocal/core/notice";
import { HOUR_MS, MINUTE_MS, SECOND_MS } from "@ecolocal/core/shared";
import { createTempWorkspace, type TempWorkspace } from "@ecolocal/db/testing";
import { afterEach, beforeEach, expect, it } from "vitest";
import { noticeHandlers } from "../api/notice-handlers.ts";
import { freshness } from "../api/sensor-view.ts";
import { silentLog } from "../log/index.ts";
import { createStore, type Store } from "../store/index.ts";
import { createNoticeWatch, NOTICE_SETTINGS_KEY, type NoticeWatch } from "./index.ts";

const INTERVAL_MS = 10 * MINUTE_MS;
let workspace: TempWorkspace;
let store: Store;
let watch: NoticeWatch;
let lastReadingAt: number;
let goneSince: number | null;
let removed: boolean;
let freeBytes: number;

beforeEach(() => {
  workspace = createTempWorkspace();
  store = createStore(workspace.open().db, workspace);
  lastReadingAt = workspace.clock.now();
  goneSince = null;
  removed = false;
  freeBytes = 1e12;
  watch = begin();
});
afterEach(() => workspace.dispose());

function begin(): NoticeWatch {
  const sensor = (): SensorSeen => ({
    id: "kitchen",
    name: "Kitchen",
    intervalMs: INTERVAL_MS,
    lastReadingAt,
    goneSince,
    freshness: freshness(lastReadingAt, INTERVAL_MS, workspace.clock.now()),
  });
  return createNoticeWatch({
    store,
    log: silentLog,
    sensors: () => (removed ? [] : [sensor()]),
    freeBytes: async () => freeBytes,
    projects: async () => undefined,
    recommending: async () => undefined,
  });
}

/** Lets time go by with a look every five seconds. */
async function pass(ms: number): Promise<void> {
  for (let done = 0; done < ms; done += 5 * SECOND_MS) {
    workspace.clock.advance(Math.min(5 * SECOND_MS, ms - done));
    await watch.look();
  }
}
const told = () => store.notices.list(100).map(({ kind }) => kind);

it("a sensor is late after three expected intervals, once, and its return is told once", async () => {
  await pass(3 * INTERVAL_MS);
  expect(told()).toEqual([]);
  await pass(5 * SECOND_MS);
  expect(told()).toEqual(["sensor_late"]);
  await pass(HOUR_MS);
  expect(told()).toEqual(["sensor_late"]);
  lastReadingAt = workspace.clock.now();
  await pass(10 * SECOND_MS);
  expect(told().toSorted()).toEqual(["sensor_late", "sensor_returned"]);
  expect(store.notices.open()).toEqual([]);
  await pass(3 * INTERVAL_MS);
  expect(told().filter((kind) => kind === "sensor_late")).toHaveLength(2);
});

it("a restart neither repeats a notice nor takes it back", async () => {
  await pass(3 * INTERVAL_MS + 5 * SECOND_MS);
  watch = begin();
  await pass(2 * INTERVAL_MS);
  expect(told()).toEqual(["sensor_late"]);
  expect(store.notices.open()).toHaveLength(1);
});

it("a night of sleep is no silence: the sensor has one interval to speak again", async () => {
  workspace.clock.advance(8 * HOUR_MS);
  await watch.look();
  await pass(INTERVAL_MS - 5 * SECOND_MS);
  expect(told()).toEqual([]);
  lastReadingAt = workspace.clock.now();
  await pass(HOUR_MS / 4);
  expect(told()).toEqual([]);
});

it("a clock that was set back neither raises nor ends anything", async () => {
  await pass(3 * INTERVAL_MS + 5 * SECOND_MS);
  workspace.clock.advance(-5 * HOUR_MS);
  await pass(MINUTE_MS);
  expect(told()).toEqual(["sensor_late"]);
  expect(store.notices.open()).toHaveLength(1);
});

it("a plug that is pulled is told after half a minute, and not again as lateness", async () => {
  goneSince = workspace.clock.now();
  await pass(25 * SECOND_MS);
  expect(told()).toEqual([]);
  await pass(4 * INTERVAL_MS);
  expect(told()).toEqual(["sensor_disconnected"]);
  goneSince = null;
  lastReadingAt = workspace.clock.now();
  await pass(5 * SECOND_MS);
  expect(told().toSorted()).toEqual(["sensor_disconnected", "sensor_returned"]);
});

it("the trouble of a sensor that was removed ends without a return", async () => {
  await pass(3 * INTERVAL_MS + 5 * SECOND_MS);
  removed = true;
  await watch.look();
  expect(told()).toEqual(["sensor_late"]);
  expect(store.notices.open()).toEqual([]);
});

it("a disk at the border is told once, and is over only well above it", async () => {
  freeBytes = 490e6;
  await watch.look();
  freeBytes = 600e6;
  await watch.look();
  freeBytes = 490e6;
  await watch.look();
  expect(told()).toEqual(["disk_low"]);
  expect(store.notices.open()).toHaveLength(1);
  freeBytes = 800e6;
  await watch.look();
  expect(store.notices.open()).toEqual([]);
});

it("a backup that fails is told until one is made", () => {
  const failure = { code: "STORAGE_FULL", op: "backup.create", subject: "", detail: "full", retry: "never" } as const;
  watch.backedUp(failure);
  watch.backedUp(failure);
  expect(told()).toEqual(["backup_failed"]);
  watch.backedUp(null);
  expect(store.notices.open()).toEqual([]);
});

it("quiet hours hold the notification back, not the entry; it comes once when they end", async () => {
  // 08:00 UTC is 09:00 in Berlin.
  store.settings.set(NOTICE_SETTINGS_KEY, { quiet: { from: "08:30", to: "09:30" } });
  freeBytes = 1;
  await watch.look();
  expect(told()).toEqual(["disk_low"]);
  expect(watch.takeDue()).toEqual([]);
  workspace.clock.advance(HOUR_MS / 2);
  expect(watch.takeDue()).toMatchObject([{ kind: "disk_low" }]);
  expect(watch.takeDue()).toEqual([]);
});

it("a muted kind is listed as read and notifies nobody", async () => {
  store.settings.set(NOTICE_SETTINGS_KEY, { quiet: null, muted: ["disk_low"] });
  freeBytes = 1;
  await watch.look();
  expect(store.notices.unread()).toEqual([]);
  expect(told()).toEqual(["disk_low"]);
  expect(watch.takeDue()).toEqual([]);
});

it("three notifications are enough for one day; the rest waits in the inbox", () => {
  const failure = { code: "STORAGE_FULL", op: "backup.create", subject: "", detail: "full", retry: "never" } as const;
  store.settings.set(NOTICE_SETTINGS_KEY, { quiet: null });
  const handedOut = [1, 2, 3, 4].map(() => {
    watch.backedUp(failure);
    const due = watch.takeDue();
    watch.backedUp(null);
    workspace.clock.advance(MINUTE_MS);
    return due.length;
  });
  expect(handedOut).toEqual([1, 1, 1, 0]);
});

it("one notice or all can be marked as read, and what changed can be taken back", async () => {
  const handlers = noticeHandlers({ store, noticing: watch });
  const context = { signal: new AbortController().signal } as CallContext;
  freeBytes = 1;
  await pass(3 * INTERVAL_MS + 5 * SECOND_MS);
  const list = await handlers["notice.list"]({ unread: true, open: true, limit: 10 }, context);
  expect(list).toMatchObject({ ok: true, value: [{ kind: "sensor_late" }, { kind: "disk_low" }] });
  const one = store.notices.unread()[0]?.id ?? "";
  const marked = { ok: true, value: { changed: [one] } };
  expect(await handlers["notice.markRead"]({ ids: [one], read: true }, context)).toEqual(marked);
  expect(await handlers["notice.markRead"]({ ids: [one], read: true }, context)).toMatchObject({
    value: { changed: [] },
  });
  await handlers["notice.markRead"]({ read: true }, context);
  expect(store.notices.unread()).toEqual([]);
  expect(await handlers["notice.markRead"]({ ids: [one], read: false }, context)).toEqual(marked);
  expect(store.notices.unread()).toHaveLength(1);
  const left = await handlers["notice.list"]({ unread: true, open: false, limit: 10 }, context);
  expect(left).toMatchObject({ value: [{ id: one }] });
});
