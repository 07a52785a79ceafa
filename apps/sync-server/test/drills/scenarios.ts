import { sql } from "kysely";
import { type DrillWorld, pause, readiness, type ServerNode } from "./cluster.ts";
import { type Routing, startNginx } from "./nginx.ts";
import { applyPhase, backfill, CONTRACT, CONTRACTED, EXPAND, EXPANDED, type Variant } from "./versions.ts";

export interface ScenarioOptions {
  readonly clients: number;
  /** What runs as "the release": `early-ack` plants a bug that the verdict has to find. */
  readonly release: Variant;
}

/** What a scenario tells beside the counted verdict; `problems` make it fail. */
export interface ScenarioOutcome {
  readonly events: readonly string[];
  readonly problems: readonly string[];
}

export interface Scenario {
  readonly title: string;
  /** Close codes that clients may see: a planned change only asks them to reconnect. */
  readonly closes: readonly string[];
  run(world: DrillWorld, options: ScenarioOptions): Promise<ScenarioOutcome>;
}

const WARM_UP_MS = 1500;
const CRASHED = ["1006", "1012", "1013"];
const PLANNED = ["1012"];

async function behindNginx<T>(
  world: DrillWorld,
  routing: Routing,
  clients: number,
  work: (route: (routing: Routing) => Promise<void>) => Promise<T>,
): Promise<T> {
  const nginx = await startNginx(world.folder, routing);
  try {
    await world.startClients(clients, nginx.origin);
    await pause(WARM_UP_MS);
    const result = await work((next) => nginx.route(next));
    await pause(WARM_UP_MS);
    await Promise.all(world.clients.map((client) => client.settle(20_000)));
    return result;
  } finally {
    for (const client of world.clients) client.stop();
    await nginx.stop();
  }
}

function startTwo(world: DrillWorld, release: Variant): Promise<[ServerNode, ServerNode]> {
  return Promise.all([world.startNode(release), world.startNode(release)]);
}

export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  rolling: {
    title: "a rolling update replaces two nodes one after the other",
    closes: PLANNED,
    async run(world, { clients, release }) {
      const [a, b] = await startTwo(world, release);
      return await behindNginx(world, { stable: [a.port, b.port] }, clients, async () => {
        for (const node of [a, b]) {
          await node.end("SIGTERM");
          await world.startNode(release, node.port);
        }
        return { events: ["both nodes replaced"], problems: [] };
      });
    },
  },
  crash: {
    title: "nodes are killed while people write, and PostgreSQL loses its power once",
    closes: CRASHED,
    async run(world, { clients, release }) {
      const [a, b] = await startTwo(world, release);
      return await behindNginx(world, { stable: [a.port, b.port] }, clients, async () => {
        for (const node of [a, b]) {
          await node.end("SIGKILL");
          await world.startNode(release, node.port);
        }
        await world.postgres.stop("immediate");
        await pause(500);
        await world.postgres.start();
        return { events: ["2 nodes killed", "PostgreSQL stopped at once and started"], problems: [] };
      });
    },
  },
  bluegreen: {
    title: "traffic moves from blue to green and blue drains",
    closes: PLANNED,
    async run(world, { clients, release }) {
      const [blue, green] = await startTwo(world, release);
      return await behindNginx(world, { stable: [blue.port] }, clients, async (route) => {
        await route({ stable: [green.port] });
        await blue.end("SIGTERM");
        const gone = (await readiness(blue.port)) === null;
        return { events: ["switched to green"], problems: gone ? [] : ["blue still answers"] };
      });
    },
  },
  canary: {
    title: "a good canary is promoted, a bad release is rolled back by its figures",
    closes: PLANNED,
    async run(world, { clients, release }) {
      const [stable, good] = await startTwo(world, release);
      const bad = await world.startNode("slow");
      return await behindNginx(world, { stable: [stable.port] }, clients, async (route) => {
        const events: string[] = [];
        const problems: string[] = [];
        for (const [name, node] of [
          ["good", good],
          ["bad", bad],
        ] as const) {
          await route({ stable: [stable.port], canary: { ports: [node.port], percent: 30 } });
          await reconnectAll(world);
          // One bad window may be the machine's, two in a row are the release's.
          const first = await analyseCanary(node, stable);
          const { verdict, figures } = first.verdict === "rollback" ? await analyseCanary(node, stable) : first;
          events.push(`${name} release: ${verdict} (${figures})`);
          if ((name === "good") !== (verdict === "promote")) problems.push(`the ${name} release: ${verdict}`);
          await route({ stable: [stable.port] });
          await node.end("SIGTERM");
        }
        return { events, problems };
      });
    },
  },
  versions: {
    title: "two versions of the server work side by side through expand, backfill and contract",
    closes: PLANNED,
    async run(world, { clients, release }) {
      const old = await world.startNode(release);
      const { db } = world.database;
      const nextPort = old.port + 1;
      return await behindNginx(world, { stable: [old.port, nextPort] }, clients, async () => {
        const problems: string[] = [];
        await applyPhase(db, EXPANDED, "stored-at-expand", EXPAND);
        if ((await readiness(old.port)) !== "ready") problems.push("the old version is not ready after expanding");
        await world.startNode("next", nextPort);
        await reconnectSome(world);
        await pause(1500);
        const filled = await backfill(db);
        await old.end("SIGTERM");
        await applyPhase(db, CONTRACTED, "stored-at-contract", CONTRACT);
        await pause(1000);
        const empty = await sql<{
          n: number;
        }>`select count(*)::int as n from sync_updates where stored_at is null`.execute(db);
        if (empty.rows[0]?.n !== 0) problems.push(`${empty.rows[0]?.n} rows without a time`);
        const late = await startRefused(world);
        if (!late.includes("outside")) problems.push(`an old node calls itself "${late}" on the contracted schema`);
        return { events: [`${filled} rows filled in batches`, `an old node says: ${late}`], problems };
      });
    },
  },
};

interface Commits {
  readonly all: number;
  readonly fast: number;
}

async function readCommits(metricsPort: number): Promise<Commits> {
  const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
  const read = (series: string): number => Number(text.split(`${series} `)[1]?.split("\n", 1)[0] ?? 0);
  return { all: read("ecolocal_commit_seconds_count"), fast: read('ecolocal_commit_seconds_bucket{le="0.5"}') };
}

/**
 * Watches both for a while: a canary that is fast far less often than the version beside it goes back. Compared with its
 * neighbour and not with a fixed limit, because a busy machine is slow for both.
 */
async function analyseCanary(
  canary: ServerNode,
  stable: ServerNode,
): Promise<{ readonly verdict: "promote" | "rollback" | "no traffic"; readonly figures: string }> {
  const ports = [canary.metricsPort, stable.metricsPort];
  const before = await Promise.all(ports.map(readCommits));
  await pause(2500);
  const after = await Promise.all(ports.map(readCommits));
  const [own, others] = after.map(({ all, fast }, index) => ({
    all: all - (before[index]?.all ?? 0),
    fast: fast - (before[index]?.fast ?? 0),
  }));
  if (own === undefined || others === undefined || own.all === 0 || others.all === 0) {
    return { verdict: "no traffic", figures: "" };
  }
  const figures = `${own.fast} of ${own.all} commits fast, beside ${others.fast} of ${others.all}`;
  const better = own.fast / own.all >= 0.6 * (others.fast / others.all);
  return { verdict: better ? "promote" : "rollback", figures };
}

// Routing only concerns new connections: the nodes in use ask a part of their clients to come back.
async function reconnectAll(world: DrillWorld): Promise<void> {
  for (const client of world.clients) client.reconnect();
  await pause(800);
}

async function reconnectSome(world: DrillWorld): Promise<void> {
  for (const client of world.clients.filter((_, index) => index % 2 === 0)) client.reconnect();
  await pause(500);
}

async function startRefused(world: DrillWorld): Promise<string> {
  const node = await world.startNode("current", undefined, false);
  const said = (await readiness(node.port)) ?? "nothing";
  await node.end("SIGKILL");
  return said;
}
