import { QUALITY_BITS } from "@ecolocal/core/sensing";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "@ecolocal/core/shared";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { unsharedSpans } from "../../src/retention/unshared-spans.ts";
import { createChannelSharings } from "../../src/sharing/index.ts";
import { createMember, type TestMember, unwrap } from "./member.ts";
import { type ServerProcess, startServer } from "./server-process.ts";

const TODAY = Math.floor(Date.now() / DAY_MS) * DAY_MS;
const ALWAYS = { from: 0, to: TODAY + 2 * DAY_MS };

let server: ServerProcess;
let steward: TestMember;
let ada: TestMember;
let ben: TestMember;
beforeAll(async () => {
  server = await startServer();
  [steward, ada, ben] = [createMember("Sam", 900), createMember("Ada", 901), createMember("Ben", 902)];
  await steward.join(server.invitation);
  const link = await steward.invite("member", 2);
  await ada.join(link);
  await ben.join(link);
}, 60_000);
afterAll(async () => {
  for (const member of [steward, ada, ben]) await member.dispose();
  await server.dispose();
}, 30_000);

/** A channel with a reading every ten minutes for some days up to now. */
function measure(member: TestMember, days: number): string {
  const { store } = member;
  const id = store.ids.next();
  const channel = {
    id,
    sensorId: null,
    quantity: "pm25",
    key: "",
    place: `Balcony ${id}`,
    exposure: "outdoor",
  } as const;
  store.db.transaction(() => store.channels.add({ ...channel, intervalMs: 10 * MINUTE_MS }, Date.now()));
  store.readings.registerChannel({ id, quantity: "pm25", intervalMs: 10 * MINUTE_MS });
  const count = days * 144;
  const readings = Array.from({ length: count }, (_, i) => ({
    channelId: id,
    at: TODAY - (days - 1) * DAY_MS + i * 10 * MINUTE_MS,
    value: 5 + (i % 70) / 10,
    quality: 0,
  })).filter(({ at }) => at <= Date.now());
  unwrap(store.readings.append(readings));
  return id;
}

const sharingsOf = (member: TestMember) => createChannelSharings(member.store, member.sync);
const levelOf = (member: TestMember, id: string) =>
  sharingsOf(member)
    .list()
    .find(({ channelId }) => channelId === id);
const setLevel = async (
  member: TestMember,
  id: string,
  audience: "none" | "group" | "public",
  resolution: "raw" | "hourly" = "raw",
) => {
  const level = { channelIds: [id], audience, resolution, history: true, preview: false };
  const [change] = unwrap(await sharingsOf(member).setLevel(level));
  if (change === undefined) throw new TypeError("one change a channel");
  return change;
};
const sync = async (...members: TestMember[]): Promise<void> => {
  for (const member of members) unwrap(await member.sync.now());
};
/** Every reading that a member has of a channel. */
function held({ store }: TestMember, channelId: string): [number, number, number][] {
  return [...store.readings.range({ channelId, ...ALWAYS })].flatMap(({ at, value, quality }) =>
    [...at].map((instant, i): [number, number, number] => [instant, value[i] as number, quality[i] as number]),
  );
}

describe("readings of one member at another's", () => {
  it("are the same to the last bit, marked with whose they are", async () => {
    const id = measure(ada, 4);
    await setLevel(ada, id, "group");
    await sync(ada, ben);
    expect(held(ben, id).length).toBeGreaterThan(400);
    expect(held(ben, id)).toEqual(held(ada, id));
    expect(ben.store.received.find(id)).toMatchObject({
      owner: { name: "Ada" },
      place: `Balcony ${id}`,
      resolution: "raw",
    });
    expect(ben.store.channels.find(id)).toBeNull();
    expect(levelOf(ada, id)).toMatchObject({
      audience: "group",
      waitingDays: 0,
      sent: { readings: held(ada, id).length },
    });
  });

  it("follow late readings, corrections and exclusions, also after days offline", async () => {
    const id = measure(ada, 4);
    await setLevel(ada, id, "group");
    await sync(ada, ben);
    const range = { from: TODAY - 2 * DAY_MS, to: TODAY - DAY_MS };
    unwrap(ada.store.readings.append([{ channelId: id, at: TODAY - 3 * DAY_MS + 90_000, value: 77, quality: 0 }]));
    unwrap(ada.store.readings.append([{ channelId: id, at: TODAY - 3 * DAY_MS, value: 78, quality: 0 }]));
    const annotation = {
      id: ada.store.ids.next(),
      channelId: id,
      ...range,
      kind: "exclude",
      reason: "smoke",
      author: "Ada",
    } as const;
    unwrap(ada.store.readings.annotate(annotation));
    await ada.restart();
    await sync(ada);
    await ben.restart();
    await sync(ben);
    expect(held(ben, id)).toEqual(held(ada, id));
    const excluded = held(ben, id).filter(([, , quality]) => (quality & QUALITY_BITS.excluded) !== 0);
    expect(excluded.length).toBe(144);
    unwrap(ada.store.readings.undoAnnotation(annotation.id));
    await sync(ada, ben);
    expect(held(ben, id).some(([, , quality]) => quality !== 0)).toBe(false);
    // Nothing has changed any more: nothing travels.
    expect(unwrap(await ada.sync.now()).readings).toEqual({ sent: 0, received: 0 });
    expect(unwrap(await ben.sync.now()).readings).toEqual({ sent: 0, received: 0 });
  });

  it("hold days of which everything is excluded, with the mark", async () => {
    const id = measure(ada, 4);
    const range = { from: TODAY - 2 * DAY_MS, to: TODAY - DAY_MS };
    const about = { id: ada.store.ids.next(), channelId: id, kind: "exclude", reason: "smoke", author: "Ada" } as const;
    unwrap(ada.store.readings.annotate({ ...about, ...range }));
    await setLevel(ada, id, "group");
    await sync(ada, ben);
    expect(held(ben, id)).toEqual(held(ada, id));
  });

  it("are hourly summaries where no more is shared", async () => {
    const id = measure(ada, 3);
    await setLevel(ada, id, "group", "hourly");
    await sync(ada, ben);
    const at = held(ben, id).map(([instant]) => instant);
    expect(at.every((instant) => instant % HOUR_MS === 0)).toBe(true);
    const [here, there] = [ada, ben].map(({ store }) =>
      store.readings.aggregate({
        channelId: id,
        ...ALWAYS,
        from: TODAY - 2 * DAY_MS,
        period: { unit: "day", timeZone: "UTC" },
      }),
    );
    expect([...(there?.n ?? [])]).toEqual([...(here?.n ?? [])]);
    expect(there?.max[0]).toBe(here?.max[0]);
  });

  it("go when they are shared no longer, and it is told what had been sent", async () => {
    const id = measure(ada, 3);
    await setLevel(ada, id, "group");
    await sync(ada, ben);
    const sent = held(ben, id).length;
    const change = await setLevel(ada, id, "none");
    expect(change).toMatchObject({
      effect: "less",
      deletion: "done",
      alreadySent: { readings: sent },
      after: { audience: "none", sent: null },
    });
    unwrap(ada.store.readings.append([{ channelId: id, at: TODAY - DAY_MS + 90_000, value: 50, quality: 0 }]));
    await sync(ada, ben);
    expect(held(ben, id)).toEqual([]);
    expect(ben.store.received.find(id)).toBeNull();
    expect(held(ada, id).length).toBe(sent + 1);
  });

  it("are replaced by what a lower level still shows, even by somebody who asks only afterwards", async () => {
    const id = measure(ada, 3);
    await setLevel(ada, id, "group", "raw");
    await sync(ada, ben);
    expect(await setLevel(ada, id, "group", "hourly")).toMatchObject({ effect: "less", deletion: "done" });
    await sync(ada, ben);
    expect(held(ben, id).length).toBeGreaterThan(20);
    expect(held(ben, id).every(([at]) => at % HOUR_MS === 0)).toBe(true);
  });

  it("are deleted once the server can be reached, where it could not be at once", async () => {
    const id = measure(ada, 2);
    await setLevel(ada, id, "group");
    await sync(ada, ben);
    await server.kill();
    expect(await setLevel(ada, id, "none")).toMatchObject({ deletion: "waiting", after: { deleting: true } });
    await ada.restart();
    await server.restart();
    await sync(ada, ben);
    expect(held(ben, id)).toEqual([]);
    expect(levelOf(ada, id)).toMatchObject({ audience: "none", deleting: false, sent: null });
  }, 60_000);

  it("are not written over by whoever gets them", async () => {
    const id = measure(ada, 2);
    await setLevel(ada, id, "group");
    await sync(ada, ben);
    const refused = await sharingsOf(ben).setLevel({
      channelIds: [id],
      audience: "public",
      resolution: "raw",
      history: true,
      preview: false,
    });
    expect(refused).toMatchObject({ ok: false, error: { code: "CHANNEL_NOT_FOUND" } });
  });

  it("keep retention waiting until the server has them", async () => {
    const id = measure(ada, 3);
    await setLevel(ada, id, "group");
    expect(unsharedSpans(ada.store, id).length).toBe(3);
    await sync(ada);
    expect(unsharedSpans(ada.store, id)).toEqual([]);
    unwrap(ada.store.readings.append([{ channelId: id, at: TODAY - DAY_MS + 90_000, value: 50, quality: 0 }]));
    expect(unsharedSpans(ada.store, id)).toEqual([{ from: TODAY - DAY_MS, to: TODAY }]);
    // What retention drops here stays with the others: it is no correction.
    unwrap(ada.store.readings.applyRetention({ channelId: id, before: TODAY - DAY_MS }));
    await sync(ada, ben);
    expect(held(ben, id).some(([at]) => at < TODAY - DAY_MS)).toBe(true);
  });

  it("are numbered anew by a device that was set back, and by one whose server was", async () => {
    const id = measure(ada, 2);
    await setLevel(ada, id, "group");
    await sync(ada, ben);
    // As after restoring a backup: this device knows less than it has sent.
    ada.store.db.sqlite.prepare("UPDATE shared_channels SET next_seq = 1, epoch = 1").run();
    ada.store.db.sqlite.prepare("UPDATE shared_days SET changes = 1, sent_at = NULL").run();
    unwrap(ada.store.readings.append([{ channelId: id, at: TODAY - DAY_MS + 90_000, value: 50, quality: 0 }]));
    await sync(ada, ben);
    expect(held(ben, id)).toEqual(held(ada, id));
    expect(ada.store.given.find(id)).toMatchObject({ refusedCode: null });
  });

  it("stay with the others where retention has dropped them here, whatever is sent again", async () => {
    const id = measure(ada, 4);
    await setLevel(ada, id, "group");
    await sync(ada, ben);
    const before = held(ben, id);
    ada.store.readings.sealAll();
    expect(unwrap(ada.store.readings.applyRetention({ channelId: id, before: TODAY - DAY_MS })).readings).toBe(288);
    const about = { id: ada.store.ids.next(), channelId: id, kind: "exclude", reason: "smoke", author: "Ada" } as const;
    unwrap(ada.store.readings.annotate({ ...about, from: TODAY - 3 * DAY_MS, to: TODAY }));
    await sync(ada, ben);
    expect(held(ben, id).map(([at]) => at)).toEqual(before.map(([at]) => at));
    // What comes late for such a day cannot be put to what only the others have.
    unwrap(ada.store.readings.append([{ channelId: id, at: TODAY - 3 * DAY_MS + 90_000, value: 50, quality: 0 }]));
    await sync(ada, ben);
    expect(held(ben, id).map(([at]) => at)).toEqual(before.map(([at]) => at));
    // As with a server that was set back: everything is numbered anew.
    ada.store.db.sqlite.prepare("UPDATE shared_channels SET next_seq = 3 WHERE channel_id = ?").run(id);
    const { epoch } = ada.store.given.find(id) ?? {};
    await sync(ada, ben);
    expect(ada.store.given.find(id)?.epoch).toBeGreaterThan(epoch ?? 0);
    expect(held(ben, id).map(([at]) => at)).toEqual(before.map(([at]) => at));
    expect(levelOf(ada, id)).toMatchObject({ waitingDays: 0, sent: { readings: before.length } });
  });

  it("stop for guests, and for a workspace that belongs to no group", async () => {
    const guest = createMember("Gil", 903);
    const id = measure(guest, 1);
    const how = { audience: "group", resolution: "raw", history: true, preview: false } as const;
    const level = { ...how, channelIds: [id] };
    expect(await sharingsOf(guest).setLevel(level)).toMatchObject({ error: { code: "SYNC_NOT_JOINED" } });
    await guest.join(await steward.invite("guest"));
    expect(await sharingsOf(guest).setLevel(level)).toMatchObject({ error: { code: "SYNC_ROLE_INSUFFICIENT" } });
    const [inside, open] = [measure(ada, 1), measure(ada, 1)];
    await setLevel(ada, inside, "group");
    await setLevel(ada, open, "public");
    await sync(ada, guest);
    expect([held(guest, inside).length > 0, held(guest, open).length > 0]).toEqual([false, true]);
    await guest.dispose();
  });
});
