import { createRandom, type Random } from "@ecolocal/core/shared";
import { expect, it } from "vitest";
import * as Y from "yjs";
import { createMemoryStore } from "../src/store/index.ts";
import { KEY, SimulatedPeer, SimulatedServer } from "./simulation.ts";

const SEEDS = process.env["ECOLOCAL_LONG"] === "1" ? 10_000 : 1000;
const PEERS = 5;
const STEPS = 60;

const tick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function settle(server: SimulatedServer, peers: readonly SimulatedPeer[], random: Random): Promise<void> {
  for (const peer of peers) peer.connect(server);
  for (let quiet = 0; quiet < 3; ) {
    const moved = peers.map((peer) => peer.deliver(random, false)).some(Boolean);
    await tick();
    quiet = moved || server.room.state !== "live" ? 0 : quiet + 1;
  }
}

async function simulate(seed: number): Promise<{ acknowledged: Set<string>; states: string[]; stored: Set<string> }> {
  const random = createRandom(seed);
  const store = createMemoryStore();
  let server = new SimulatedServer(store);
  await server.room.ready;
  const peers = Array.from(
    { length: PEERS },
    (_, index) => new SimulatedPeer(String.fromCharCode(97 + index), index + 1),
  );
  for (let step = 0; step < STEPS; step++) {
    const peer = peers[Math.floor(random() * PEERS)];
    const dice = random();
    if (dice < 0.45) peer?.edit(random);
    else if (dice < 0.6) peer?.connect(server);
    else if (dice < 0.68) peer?.disconnect();
    else if (dice < 0.96) peer?.deliver(random, true);
    else if (dice < 0.98) await tick();
    else {
      server.kill();
      server = new SimulatedServer(store);
      await server.room.ready;
    }
  }
  await settle(server, peers, random);
  const loaded = await store.load(KEY);
  const stored = new Y.Doc();
  if (loaded.ok) for (const update of loaded.value.updates) Y.applyUpdate(stored, update.data);
  return {
    acknowledged: new Set(peers.flatMap((peer) => [...peer.acknowledged])),
    states: [...peers.map((peer) => peer.doc), stored].map((doc) =>
      JSON.stringify([
        doc.getMap("edits").size,
        doc.getText("text").toString(),
        Object.entries(doc.getMap("shared").toJSON()).sort(),
      ]),
    ),
    stored: new Set(Object.keys(stored.getMap("edits").toJSON())),
  };
}

it(`five peers that disconnect, repeat themselves and meet a killed server agree in ${SEEDS} seeds, and nothing acknowledged is lost`, async () => {
  for (let seed = 1; seed <= SEEDS; seed++) {
    const { acknowledged, states, stored } = await simulate(seed);
    expect(new Set(states).size, `seed ${seed} diverged`).toBe(1);
    expect(
      [...acknowledged].filter((name) => !stored.has(name)),
      `seed ${seed} lost acknowledged edits`,
    ).toEqual([]);
  }
}, 600_000);

it("can fail: a server that acknowledges before it stores loses edits in this simulation", async () => {
  // The planted fault: the store forgets what it was given, as if it had acknowledged before writing.
  const store = createMemoryStore();
  const forgetful = {
    ...store,
    append: async (batch: Parameters<typeof store.append>[0]) => ({
      ok: true as const,
      value: batch.map((_, i) => i + 1),
    }),
  };
  const server = new SimulatedServer(forgetful);
  await server.room.ready;
  const random = createRandom(1);
  const peer = new SimulatedPeer("a", 1);
  peer.connect(server);
  peer.edit(random);
  await settle(server, [peer], random);
  const loaded = await store.load(KEY);
  expect(peer.acknowledged.size).toBe(1);
  expect(loaded.ok && loaded.value.updates).toEqual([]);
});
