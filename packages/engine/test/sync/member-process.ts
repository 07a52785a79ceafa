/**
 * One person's computer as a process of its own, for tests that kill it: opens the workspace, keeps it in sync in the
 * background and obeys one JSON command per line. Run with `node --conditions=source member-process.ts DIR`.
 */
import { randomInt } from "node:crypto";
import { flushCompileCache } from "node:module";
import { createInterface } from "node:readline";
import { addTask, renameTask, setTaskStatus, softDeleteTask, TASK_STATUSES } from "@ecolocal/core/documents";
import { createIdSource, type Ulid } from "@ecolocal/core/shared";
import { dumpTables, SAMPLE_PLAN } from "@ecolocal/db/testing";
import { openWorkspace } from "@ecolocal/db/workspace";
import { silentLog } from "../../src/log/index.ts";
import { openProjects } from "../../src/projects/index.ts";
import { createStore } from "../../src/store/index.ts";
import { SyncClient } from "../../src/sync/index.ts";

interface Command {
  readonly do: string;
  readonly [key: string]: unknown;
}

const PROJECTION_TABLES = [
  "projects",
  "project_tasks",
  "task_dependencies",
  "project_budget_lines",
  "project_materials",
];

const dir = process.argv[2] ?? "";
const random = (): number => randomInt(2 ** 47) / 2 ** 47;
const clock = { now: () => Date.now() };
const ids = createIdSource(clock, random);
const held = openWorkspace(
  dir,
  { pid: process.pid, role: "agent", socketPath: null, since: Date.now() },
  { appVersion: "0.0.0-test", clock },
);
if (!held.ok) throw new TypeError(JSON.stringify(held.error));
const { db } = held.value;
const store = createStore(db, { clock, ids });
const projects = openProjects(store);
if (!projects.ok) throw new TypeError(JSON.stringify(projects.error));
const { documents, rows } = projects.value;
const sync = new SyncClient({ store, projects: projects.value, log: silentLog, appVersion: "0.0.0-test" });

function pick<T>(items: readonly T[]): T | undefined {
  return items[Math.floor(random() * items.length)];
}

/** Every edit leaves a mark with a number of its own, so that a lost one is noticed. */
function edit(mark: string): string | null {
  const project = pick(rows.list());
  if (project === undefined || random() < 0.1) return start(mark);
  const task = pick(rows.tasks(project.id));
  const documentId = `project~${project.id}`;
  const changed = documents.change(documentId, (doc) => {
    const dice = random();
    if (task !== undefined && dice < 0.2) setTaskStatus(doc, task.id, pick(TASK_STATUSES) ?? "todo");
    if (task !== undefined && dice > 0.95) softDeleteTask(doc, task.id, Date.now());
    if (task !== undefined && dice > 0.8 && dice < 0.9 && !task.name.startsWith("mark-")) {
      renameTask(doc, task.id, `renamed by ${mark}`);
    }
    addTask(doc, ids.next(), { name: mark, durationDays: { lo: 1, likely: 1, hi: 1 }, hours: 1 }, Date.now());
  });
  if (random() < 0.05) documents.compact(documentId);
  return changed.ok ? project.id : null;
}

function start(mark: string): string | null {
  const founding = { title: mark, status: "planned", why: "", origin: null, createdAt: Date.now() } as const;
  const started = projects.ok ? projects.value.start(SAMPLE_PLAN, founding, () => undefined) : null;
  return started?.ok ? started.value : null;
}

/** Marks of everything that is here, deleted or not. */
function marks(): string[] {
  const tasks = db.sqlite.prepare("select name from project_tasks where name like 'mark-%'").pluck().all() as string[];
  const titles = db.sqlite.prepare("select title from projects where title like 'mark-%'").pluck().all() as string[];
  return [...tasks, ...titles];
}

async function answer(command: Command): Promise<unknown> {
  switch (command.do) {
    case "join": {
      const joined = await sync.join({ link: String(command["link"]), userName: String(command["name"]) });
      sync.start();
      return joined;
    }
    case "invite": {
      const accounts = sync.accounts();
      if (!accounts.ok) return accounts;
      return await accounts.value.invite({ role: "member", label: "", uses: 5, validForDays: 1 });
    }
    case "edit":
      return edit(String(command["mark"]));
    case "now":
      return await sync.now();
    case "status":
      return sync.status();
    case "doctor":
      return await sync.doctor(command["repair"] === true, new AbortController().signal);
    case "state":
      return { documents: state(), tables: tables(), marks: marks() };
    default:
      throw new TypeError(`Unknown command ${command.do}.`);
  }
}

function state(): Record<string, string> {
  const entries = documents.list().map((id: Ulid) => {
    const all = documents.changesSince(id);
    return [id, all.ok ? Buffer.from(all.value).toString("base64") : JSON.stringify(all.error)] as const;
  });
  return Object.fromEntries(entries);
}

/** The query tables without the column that counts this device's own log. */
function tables(): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(dumpTables(db, PROJECTION_TABLES)).map(([name, found]) => [
      name,
      found.map((row) => JSON.stringify(row)).sort(),
    ]),
  );
}

// It will be killed, and would take what it compiled with it.
flushCompileCache();
sync.start();
process.stdout.write(`${JSON.stringify({ ready: true })}\n`);
for await (const line of createInterface(process.stdin)) {
  process.stdout.write(`${JSON.stringify(await answer(JSON.parse(line) as Command))}\n`);
}
