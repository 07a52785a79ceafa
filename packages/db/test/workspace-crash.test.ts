import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { projectDocumentId, projectRows } from "@ecolocal/core/documents";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { rebuildProjections } from "../src/projections/index.ts";
import { createTempWorkspace, dumpTables, openDocuments, type TempWorkspace } from "../src/testing/index.ts";
import { acquireWorkspaceLock, openWorkspace, readLockHolder } from "../src/workspace/index.ts";
import { PROJECTION_TABLES, unwrap } from "./document-fixture.ts";

const SCRIPT = fileURLToPath(new URL("./crash/hold-and-append.ts", import.meta.url));

const ROUNDS = process.env["ECOLOCAL_LONG"] === "1" ? 100 : 6;

let temp: TempWorkspace;
const children = new Set<ChildProcess>();
beforeEach(() => {
  temp = createTempWorkspace();
});
afterEach(() => {
  for (const child of children) child.kill("SIGKILL");
  children.clear();
  temp.dispose();
});

/** Starts a holder and collects the lines it says. */
function start(
  projectId: string,
  seed: number,
): { child: ChildProcess; lines: string[]; until(text: string): Promise<void> } {
  const child = spawn(process.execPath, ["--conditions=source", SCRIPT, temp.dir, projectId, String(seed)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.add(child);
  const lines: string[] = [];
  let rest = "";
  let closed = false;
  child.once("close", () => {
    closed = true;
  });
  child.stdout?.setEncoding("utf8").on("data", (chunk: string) => {
    const parts = (rest + chunk).split("\n");
    rest = parts.pop() ?? "";
    lines.push(...parts);
  });
  return {
    child,
    lines,
    async until(text) {
      while (!lines.some((line) => line.startsWith(text))) {
        expect(closed, `the process ended without saying ${text}`).toBe(false);
        await Promise.race([once(child.stdout!, "data"), once(child, "close")]);
      }
    },
  };
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = once(child, "exit");
  child.kill("SIGKILL");
  await gone;
}

describe("a workspace whose process is killed", () => {
  it("is refused to others while the process lives and open to them at once after kill -9", async () => {
    const holder = start(temp.ids.next(), 1);
    await holder.until("held");
    const mine = { pid: process.pid, role: "cli", socketPath: null, since: 0 } as const;
    const context = { appVersion: "0.0.0-test", clock: temp.clock };
    expect(openWorkspace(temp.dir, mine, context)).toMatchObject({
      error: {
        code: "WORKSPACE_LOCKED",
        holder: { pid: holder.child.pid, role: "agent", socketPath: "/run/test.sock" },
      },
    });
    const second = start(temp.ids.next(), 2);
    await second.until("refused");
    expect(second.lines[0]).toBe(`refused WORKSPACE_LOCKED ${holder.child.pid}`);
    await kill(holder.child);
    expect(readLockHolder(temp.dir)).toBeNull();
    const lock = acquireWorkspaceLock(temp.dir, mine);
    expect(lock.ok).toBe(true);
    if (lock.ok) lock.value.release();
  });

  it(
    "has every change that was acknowledged, under one writer id, with rows that equal a rebuild",
    async () => {
      const projectId = temp.ids.next();
      const acknowledged: string[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        const holder = start(projectId, round + 1);
        await holder.until("held");
        await holder.until("ack");
        await new Promise((resolve) => setTimeout(resolve, 20 + ((round * 37) % 90)));
        await kill(holder.child);
        acknowledged.push(...holder.lines.filter((line) => line.startsWith("ack ")).map((line) => line.slice(4)));
      }
      const { db } = temp.open();
      const documents = openDocuments(temp, db);
      const tasks = unwrap(documents.read(projectDocumentId(projectId), projectRows)).tasks.map((task) => task.id);
      expect(acknowledged.length).toBeGreaterThanOrEqual(ROUNDS);
      expect(acknowledged.filter((id) => !tasks.includes(id))).toEqual([]);
      expect(tasks.length).toBeLessThanOrEqual(acknowledged.length + ROUNDS);
      expect(db.sqlite.prepare("select count(*) from document_clients").pluck().get()).toBe(1);
      const incremental = dumpTables(db, PROJECTION_TABLES);
      unwrap(rebuildProjections(db));
      expect(dumpTables(db, PROJECTION_TABLES)).toEqual(incremental);
      expect(db.sqlite.pragma("integrity_check", { simple: true })).toBe("ok");
      documents.close();
    },
    ROUNDS * 10_000,
  );
});
