import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface, type Interface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { DoctorReport, SyncStatus } from "@ecolocal/core/api";
import { documentFingerprint } from "@ecolocal/core/documents";
import { createRandom, type Random, type Result } from "@ecolocal/core/shared";
import { createTempWorkspace, type TempWorkspace } from "@ecolocal/db/testing";
import { afterAll, describe, expect, it } from "vitest";
import * as Y from "yjs";
import { createMember, type TestMember, unwrap } from "./member.ts";
import { type ServerProcess, startServer } from "./server-process.ts";

const LONG = process.env["ECOLOCAL_LONG"] === "1";
const SEEDS = LONG ? 200 : 10;
const FIRST_SEED = Number(process.env["ECOLOCAL_SEED"] ?? 1);
const MEMBERS = 3;
const STEPS = LONG ? 20 : 8;
const PROGRAM = fileURLToPath(new URL("./member-process.ts", import.meta.url));

interface State {
  readonly documents: Readonly<Record<string, string>>;
  readonly tables: Readonly<Record<string, readonly string[]>>;
  readonly marks: readonly string[];
}

/** A computer whose program can be killed at any moment. */
class Computer {
  readonly #space: TempWorkspace;
  #child: ChildProcess | undefined;
  #lines: AsyncIterableIterator<string> | undefined;
  #reader: Interface | undefined;
  /** Marks whose edit this computer confirmed: they are on its disk. */
  readonly written: string[] = [];

  constructor(seed: number) {
    this.#space = createTempWorkspace({ seed });
  }

  async start(): Promise<void> {
    const child = spawn(process.execPath, ["--conditions=source", PROGRAM, this.#space.dir], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    child.stdin?.on("error", () => undefined);
    this.#child = child;
    this.#reader = createInterface(child.stdout as NodeJS.ReadableStream);
    this.#lines = this.#reader[Symbol.asyncIterator]();
    await this.#next();
  }

  async ask<T>(command: object): Promise<T> {
    this.#child?.stdin?.write(`${JSON.stringify(command)}\n`);
    return (await this.#next()) as T;
  }

  /** Gives a command that must succeed. */
  async obey<T>(command: object): Promise<T> {
    return unwrap(await this.ask<Result<T>>(command));
  }

  /** Gives a command and does not wait: the program may be killed while it works. */
  shout(command: object): void {
    this.#child?.stdin?.write(`${JSON.stringify(command)}\n`);
  }

  async kill(): Promise<void> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
    this.#reader?.close();
  }

  async dispose(): Promise<void> {
    await this.kill();
    this.#space.dispose();
  }

  async #next(): Promise<unknown> {
    const line = await this.#lines?.next();
    if (line === undefined || line.done === true) throw new TypeError("The member's program ended.");
    return JSON.parse(line.value);
  }
}

/** A server serves some rounds, with what earlier ones left in it; then a new one begins. */
const ROUNDS_PER_SERVER = 20;

let server: ServerProcess;
let founder: TestMember | undefined;
let rounds = 0;

async function invitation(): Promise<string> {
  if (rounds % ROUNDS_PER_SERVER === 0) {
    await end();
    server = await startServer();
    founder = createMember("Founder", 1_000_000 + rounds);
    await founder.join(server.invitation);
  }
  rounds += 1;
  return (await founder?.invite("member", MEMBERS)) ?? "";
}

async function end(): Promise<void> {
  await founder?.dispose();
  if (rounds > 0) await server.dispose();
}

afterAll(end, 60_000);

/** Edits, kills and reconnections in an order that only the seed decides. */
async function live(computers: readonly Computer[], random: Random, seed: number): Promise<void> {
  let isServerUp = true;
  for (let step = 0; step < STEPS; step++) {
    const computer = computers[Math.floor(random() * computers.length)] as Computer;
    const dice = random();
    if (dice < 0.08) {
      if (isServerUp) await server.kill();
      else await server.restart();
      isServerUp = !isServerUp;
    } else if (dice < 0.2) {
      computer.shout({ do: "edit", mark: `mark-unconfirmed-${seed}-${step}` });
      await pauseUpTo(random, 30);
      await computer.kill();
      await computer.start();
    } else if (dice < 0.3) {
      computer.shout({ do: "now" });
      await pauseUpTo(random, 60);
      await computer.kill();
      await computer.start();
    } else {
      const mark = `mark-${seed}-${step}`;
      if ((await computer.ask<string | null>({ do: "edit", mark })) !== null) computer.written.push(mark);
      await pauseUpTo(random, 150);
    }
  }
  if (!isServerUp) await server.restart();
}

async function pauseUpTo(random: Random, ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, random() * ms));
}

/** Exchanges until nobody has anything to send or to fetch. */
async function settle(computers: readonly Computer[]): Promise<void> {
  for (let turn = 0; turn < 3; turn++) {
    for (const computer of computers) {
      await computer.obey({ do: "now" });
    }
  }
}

function contentOf(state: State): Record<string, string> {
  const entries = Object.entries(state.documents).map(([id, update]) => {
    const doc = new Y.Doc();
    Y.applyUpdate(doc, Buffer.from(update, "base64"));
    return [id, Buffer.from(documentFingerprint(doc)).toString("base64")] as const;
  });
  return Object.fromEntries(entries);
}

describe("three computers and a server that are killed at any moment", () => {
  it.each(Array.from({ length: SEEDS }, (_, index) => FIRST_SEED + index))(
    "hold the same in the end, and everything that anyone wrote (seed %i)",
    async (seed) => {
      const random = createRandom(seed);
      const computers = Array.from({ length: MEMBERS }, (_, index) => new Computer(seed * 10 + index));
      try {
        await Promise.all(computers.map((computer) => computer.start()));
        const link = await invitation();
        for (const computer of computers) await computer.obey({ do: "join", link, name: "Somebody" });
        await live(computers, random, seed);
        await settle(computers);
        const states = await Promise.all(computers.map((computer) => computer.ask<State>({ do: "state" })));
        const [first, ...others] = states as [State, ...State[]];
        for (const other of others) {
          expect(contentOf(other)).toEqual(contentOf(first));
          expect(other.tables).toEqual(first.tables);
        }
        const written = computers.flatMap((computer) => computer.written);
        const kept = new Set(first.marks);
        expect(written.filter((mark) => !kept.has(mark))).toEqual([]);
        for (const computer of computers) {
          const { documents } = await computer.obey<DoctorReport>({ do: "doctor" });
          expect(documents.filter(({ finding }) => finding !== "same")).toEqual([]);
          expect(await computer.ask<SyncStatus>({ do: "status" })).toMatchObject({ waitingChanges: 0 });
        }
      } finally {
        await Promise.all(computers.map((computer) => computer.dispose()));
      }
    },
    180_000,
  );
});
