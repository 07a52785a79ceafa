import { setTimeout as pause } from "node:timers/promises";
import { createRandom, DAY_MS, HOUR_MS, type Random } from "@ecolocal/core/shared";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createChannelSharings } from "../../src/sharing/index.ts";
import { createMember, type TestMember, unwrap } from "./member.ts";
import { type ServerProcess, startServer } from "./server-process.ts";

const TODAY = Math.floor(Date.now() / DAY_MS) * DAY_MS;
const FIRST = TODAY - 12 * DAY_MS;
const ROUNDS = 60;
const KILLS = 4;

let server: ServerProcess;
let members: TestMember[];
beforeAll(async () => {
  server = await startServer();
  members = [createMember("Ada", 800), createMember("Ben", 801), createMember("Cem", 802)];
  const [ada, ben, cem] = members as [TestMember, TestMember, TestMember];
  await ada.join(server.invitation);
  const link = await ada.invite("member", 2);
  await ben.join(link);
  await cem.join(link);
}, 60_000);
afterAll(async () => {
  for (const member of members) await member.dispose();
  await server.dispose();
}, 30_000);

interface Measured {
  readonly owner: TestMember;
  readonly id: string;
  readonly annotations: string[];
}

function newChannel(owner: TestMember): Measured {
  const { store } = owner;
  const id = store.ids.next();
  const channel = { id, sensorId: null, quantity: "co2", key: "", place: id, exposure: "indoor" } as const;
  store.db.transaction(() => store.channels.add({ ...channel, intervalMs: 60_000 }, Date.now()));
  store.readings.registerChannel({ id, quantity: "co2", intervalMs: 60_000 });
  return { owner, id, annotations: [] };
}

/** Readings anywhere in two weeks: new ones, late ones, and corrections of what is there. */
function measure({ owner, id }: Measured, random: Random): void {
  const from = FIRST + Math.floor(random() * 11) * DAY_MS;
  const count = 1 + Math.floor(random() * 300);
  const readings = Array.from({ length: count }, () => ({
    channelId: id,
    at: from + Math.floor(random() * 2880) * 60_000,
    value: 400 + Math.round(random() * 4000) / 10,
    quality: 0,
  }));
  unwrap(owner.store.readings.append(readings.filter(({ at }) => at < Date.now())));
}

function annotate({ owner, id, annotations }: Measured, random: Random): void {
  const { store } = owner;
  const undone = random() < 0.5 ? annotations.pop() : undefined;
  if (undone !== undefined) {
    unwrap(store.readings.undoAnnotation(undone));
    return;
  }
  const annotation = store.ids.next();
  const from = FIRST + Math.floor(random() * 12) * DAY_MS;
  const kind = random() < 0.5 ? ({ kind: "exclude" } as const) : ({ kind: "adjust", factor: 1, offset: 5 } as const);
  const about = {
    id: annotation,
    channelId: id,
    from,
    to: from + Math.ceil(random() * 3 * DAY_MS),
    reason: "test",
    author: "",
  };
  unwrap(store.readings.annotate({ ...about, ...kind }));
  annotations.push(annotation);
}

async function changeLevel(measured: Measured, random: Random): Promise<void> {
  const audience = (["none", "group", "group", "public"] as const)[Math.floor(random() * 4)] ?? "group";
  const resolution = random() < 0.3 ? "hourly" : "raw";
  await setLevel(measured, audience, resolution);
}

async function setLevel(
  { owner, id }: Measured,
  audience: "none" | "group" | "public",
  resolution: "raw" | "hourly",
): Promise<void> {
  const level = { channelIds: [id], audience, resolution, history: true, preview: false };
  unwrap(await createChannelSharings(owner.store, owner.sync).setLevel(level));
}

function held({ store }: TestMember, channelId: string): string[] {
  const range = { channelId, from: FIRST - DAY_MS, to: TODAY + 2 * DAY_MS };
  return [...store.readings.range(range)].flatMap(({ at, value, quality }) =>
    [...at].map((instant, i) => `${instant} ${value[i]} ${quality[i]}`),
  );
}

/** Kills the server while everybody sends and fetches. */
async function killAtWork(channels: readonly Measured[], random: Random): Promise<void> {
  for (const channel of channels) measure(channel, random);
  const busy = members.map((member) => member.sync.now());
  await pause(random() * 150);
  await server.kill();
  await Promise.all(busy);
  await server.restart();
}

/** What is not yet the same everywhere. */
function differences({ owner, id }: Measured): string[] {
  const given = owner.store.given.find(id);
  const others = members.filter((one) => one !== owner).map((member) => held(member, id));
  const [first = [], second = []] = others;
  const name = `${owner.name}'s ${id} (${given?.audience} ${given?.resolution})`;
  const isShared = given !== null && given.audience !== "none";
  const own = held(owner, id);
  const isRight = (there: readonly string[]): boolean => {
    if (!isShared) return there.length === 0;
    if (given.resolution === "raw") return there.join() === own.join();
    return there.every((reading) => Number(reading.split(" ")[0]) % HOUR_MS === 0);
  };
  const wrong = others.filter((there) => !isRight(there)).map((there) => `${name}: ${there.length} of ${own.length}`);
  return first.join() === second.join() ? wrong : [...wrong, `${name}: the others differ`];
}

it("three computers hold the same readings, whatever was late, corrected, shared less, repeated or killed in between", async () => {
  const seed = Date.now() % 100_000;
  const random = createRandom(seed);
  const channels = members.flatMap((owner) => [newChannel(owner), newChannel(owner)]);
  const any = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  // One stays shared whatever the dice say, so that the comparison at the end is about something.
  const [constant, ...others] = channels as [Measured, ...Measured[]];
  await setLevel(constant, "group", "raw");
  for (let round = 1; round <= ROUNDS; round++) {
    const dice = random();
    if (dice < 0.4) measure(any(channels), random);
    else if (dice < 0.5) annotate(any(channels), random);
    else if (dice < 0.6) await changeLevel(any(others), random);
    else if (dice < 0.65) await any(members).restart();
    else await any(members).sync.now();
    if (round % (ROUNDS / KILLS) === 0) await killAtWork(channels, random);
  }
  for (let turn = 0; turn < 2; turn++) for (const member of members) unwrap(await member.sync.now());
  expect(channels.flatMap(differences), `seed ${seed}`).toEqual([]);
  expect(constant.owner.store.given.sent(constant.id)?.readings, `seed ${seed}`).toBeGreaterThan(0);
}, 300_000);
