import {
  addTask,
  addTaskDependency,
  changeTask,
  type DocumentId,
  moveTask,
  projectRows,
  removeTaskDependency,
  renameProject,
  restoreTask,
  setProjectStatus,
  setTaskStatus,
  softDeleteProject,
  softDeleteTask,
} from "@ecolocal/core/documents";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { rebuildProjections } from "../src/projections/index.ts";
import { dumpTables } from "../src/testing/index.ts";
import { createDocumentWorkspace, type DocumentWorkspace, PROJECTION_TABLES, unwrap } from "./document-fixture.ts";

const RUNS = process.env["ECOLOCAL_LONG"] === "1" ? 1000 : 40;

/** One thing that happens to one of the replicas; numbers choose among whatever is there at that moment. */
interface Step {
  readonly replica: number;
  readonly act: string;
  readonly pick: number;
  readonly other: number;
}

const ACTS = [
  "add",
  "rename",
  "status",
  "notes",
  "move",
  "delete",
  "restore",
  "depend",
  "undepend",
  "project",
  "vandal",
  "undo",
  "deliver",
  "deliver",
  "duplicate",
  "restart",
  "compact",
] as const;

const step: fc.Arbitrary<Step> = fc.record({
  replica: fc.nat(2),
  act: fc.constantFrom(...ACTS),
  pick: fc.nat(1000),
  other: fc.nat(1000),
});

interface Message {
  readonly to: number;
  readonly update: Uint8Array;
}

class Network {
  readonly replicas: DocumentWorkspace[];
  readonly id: DocumentId;
  readonly #waiting: Message[] = [];
  readonly #delivered: Message[] = [];
  #added = 0;

  constructor() {
    this.replicas = [createDocumentWorkspace(1), createDocumentWorkspace(2), createDocumentWorkspace(3)];
    const [first] = this.replicas;
    this.id = first?.startProject().id ?? "";
    const seed = unwrap(first!.documents.changesSince(this.id));
    for (const replica of this.replicas) unwrap(replica.documents.applyForeign(this.id, seed, "seed"));
    this.replicas.forEach((_, index) => {
      this.#listen(index);
    });
  }

  #listen(index: number): void {
    this.replicas[index]?.documents.onChange((changes) => {
      for (const change of changes.filter((each) => each.origin === "local")) {
        this.replicas.forEach((_, to) => {
          if (to !== index) this.#waiting.push({ to, update: change.update });
        });
      }
    });
  }

  /** Delivers any waiting message, so that order is random. */
  deliver(pick: number): void {
    const [message] = this.#waiting.splice(pick % Math.max(1, this.#waiting.length), 1);
    if (message === undefined) return;
    this.#receive(message);
    this.#delivered.push(message);
  }

  deliverAll(): void {
    while (this.#waiting.length > 0) this.deliver(this.#waiting.length - 1);
  }

  duplicate(pick: number): void {
    const message = this.#delivered[pick % Math.max(1, this.#delivered.length)];
    if (message !== undefined) this.#receive(message);
  }

  restart(index: number): void {
    this.replicas[index]?.reopen();
    this.#listen(index);
  }

  newTaskId(): string {
    this.#added += 1;
    return `01hzzzzzzzzzzzzzzzzzzz${String(this.#added).padStart(4, "0")}`;
  }

  #receive(message: Message): void {
    unwrap(this.replicas[message.to]!.documents.applyForeign(this.id, message.update, "peer"));
  }

  dispose(): void {
    for (const replica of this.replicas) replica.dispose();
  }
}

function edit(network: Network, doc: Y.Doc, { act, pick, other }: Step): void {
  const tasks = projectRows(doc).tasks;
  const id = tasks[pick % Math.max(1, tasks.length)]?.id ?? "01hzzzzzzzzzzzzzzzzzzzzzzz";
  const second = tasks[other % Math.max(1, tasks.length)]?.id ?? id;
  const statuses = ["todo", "doing", "waiting", "done"] as const;
  const edits: Record<string, () => unknown> = {
    add: () => {
      const duration = { lo: 1, likely: 2, hi: 3 };
      addTask(doc, network.newTaskId(), { name: `Task ${pick}`, durationDays: duration, hours: other % 9 }, pick);
    },
    rename: () => changeTask(doc, id, { name: `Name ${other}`, hours: other }),
    status: () => setTaskStatus(doc, id, statuses[other % 4] ?? "todo"),
    notes: () => changeTask(doc, id, { notes: `Note ${other}`, assignee: other % 2 === 0 ? null : "ada" }),
    move: () => moveTask(doc, id, other % 5 === 0 || second === id ? null : second),
    delete: () => softDeleteTask(doc, id, pick),
    restore: () => restoreTask(doc, id),
    depend: () => addTaskDependency(doc, id, second),
    undepend: () => removeTaskDependency(doc, id, second),
    project: () => {
      if (pick % 3 === 0) renameProject(doc, `Project ${other}`);
      else if (pick % 3 === 1) setProjectStatus(doc, other % 2 === 0 ? "active" : "paused");
      else softDeleteProject(doc, other);
    },
    vandal: () => vandalise(doc, id, pick, other),
  };
  edits[act]?.();
}

/** What a broken or hostile peer might write. */
function vandalise(doc: Y.Doc, id: string, pick: number, other: number): void {
  const task = doc.getMap("tasks").get(id);
  if (pick % 4 === 0) doc.getMap("tasks").set(`junk ${other % 3}`, other);
  else if (pick % 4 === 1) doc.getMap("project").set("title", other % 2 === 0 ? 7 : "Mended");
  else if (pick % 4 === 2) doc.getMap("tasks").delete(`junk ${other % 3}`);
  else if (task instanceof Y.Map) task.set("status", other % 2 === 0 ? "later" : "todo");
}

function play(network: Network, each: Step): void {
  const replica = network.replicas[each.replica];
  if (replica === undefined) return;
  if (each.act === "deliver") network.deliver(each.pick);
  else if (each.act === "duplicate") network.duplicate(each.pick);
  else if (each.act === "restart") network.restart(each.replica);
  else if (each.act === "compact") unwrap(replica.documents.compact(network.id));
  else if (each.act === "undo") unwrap(replica.documents.undo(network.id, "me"));
  else unwrap(replica.documents.change(network.id, (doc) => edit(network, doc, each), { by: "me", label: each.act }));
}

/** Tables without what legitimately differs between replicas: numbers in the log. */
function rows(replica: DocumentWorkspace): Record<string, unknown> {
  const { projections, ...tables } = dumpTables(replica.held.db, PROJECTION_TABLES);
  return { ...tables, vectors: (projections as { state_vector: unknown }[]).map((row) => row.state_vector) };
}

describe("several replicas of a workspace", () => {
  it(
    "agree after any edits, delays, duplicates and restarts, and their tables equal a rebuild",
    () => {
      fc.assert(
        fc.property(fc.array(step, { minLength: 5, maxLength: 80 }), (steps) => {
          const network = new Network();
          try {
            for (const each of steps) play(network, each);
            for (const replica of network.replicas) {
              const incremental = dumpTables(replica.held.db, PROJECTION_TABLES);
              unwrap(rebuildProjections(replica.held.db));
              expect(dumpTables(replica.held.db, PROJECTION_TABLES)).toEqual(incremental);
            }
            network.deliverAll();
            const [first, ...others] = network.replicas.map(rows);
            for (const other of others) expect(other).toEqual(first);
            const states = network.replicas.map((replica) =>
              unwrap(replica.documents.read(network.id, (doc) => Y.snapshot(doc))),
            );
            for (const state of states) expect(Y.equalSnapshots(state, states[0]!)).toBe(true);
          } finally {
            network.dispose();
          }
        }),
        { numRuns: RUNS },
      );
    },
    RUNS * 1500,
  );
});
