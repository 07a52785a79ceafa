import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import type { ProjectPlan } from "../../planning/index.ts";
import { createIdSource, createRandom } from "../../shared/index.ts";
import {
  addTask,
  addTaskDependency,
  changeTask,
  createDocumentUndo,
  createProject,
  documentSeed,
  moveTask,
  type ProjectRows,
  projectRows,
  removeTaskDependency,
  renameTask,
  restoreTask,
  setProjectStatus,
  setTaskStatus,
  softDeleteTask,
  trackProjectChanges,
} from "../index.ts";

const NOW = Date.UTC(2026, 0, 15, 8);

const PLAN: ProjectPlan = {
  projectTypeId: "air.box-fan-cleaners",
  title: "Build box-fan air cleaners",
  summary: "Volunteers assemble filter boxes.",
  category: "air",
  units: 6,
  unitName: "air cleaner",
  phases: [{ id: "prepare", name: "Prepare", taskIds: ["buy", "build"] }],
  tasks: [
    {
      templateId: "buy",
      name: "Buy fans and filters",
      phase: "prepare",
      days: [3, 7, 21],
      hours: 3.6,
      after: [],
      skills: [{ id: "skill.procurement", label: "Procurement", regulated: false }],
    },
    {
      templateId: "build",
      name: "Build day",
      phase: "prepare",
      days: [1, 1, 2],
      hours: 13,
      after: ["buy"],
      skills: [],
    },
  ],
  materials: [{ resourceId: "res.box-fan", name: "Box fan", quantity: 6, unit: "piece", cost: [150, 210, 360] }],
  budget: [{ id: "fixed", name: "Tools", cost: [20, 40, 80], currency: "EUR", ver: "S" }],
  hours: { lo: 26, likely: 37, hi: 59 },
  upkeepHoursPerMonth: 1,
  risks: [{ risk: "Noise", likelihood: "high", severity: "medium", response: "Lower speed" }],
  prerequisites: ["owner consent"],
  permits: [],
  catalogueVersion: "0.1",
};

const ids = () => createIdSource({ now: () => NOW }, createRandom(7));

function newProject(clientId = 5000): { doc: Y.Doc; taskIds: ReadonlyMap<string, string> } {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, documentSeed("project"));
  doc.clientID = clientId;
  const taskIds = doc.transact(() =>
    createProject(doc, PLAN, { status: "planned", why: "Dust was high.", origin: null, createdAt: NOW }, ids()),
  );
  return { doc, taskIds };
}

function task(doc: Y.Doc, id: string | undefined): ProjectRows["tasks"][number] | undefined {
  return projectRows(doc).tasks.find((each) => each.id === id);
}

describe("a project document", () => {
  it("says everything that the plan said", () => {
    const { doc, taskIds } = newProject();
    const rows = projectRows(doc);
    expect(rows.problems).toEqual([]);
    expect(rows.project).toMatchObject({
      title: "Build box-fan air cleaners",
      status: "planned",
      units: 6,
      why: "Dust was high.",
      prerequisites: ["owner consent"],
      createdAt: NOW,
      deletedAt: null,
    });
    expect(rows.tasks.map((each) => each.name)).toEqual(["Buy fans and filters", "Build day"]);
    expect(rows.tasks[1]).toMatchObject({
      status: "todo",
      durationDays: { lo: 1, likely: 1, hi: 2 },
      hours: 13,
      dependsOn: [taskIds.get("buy")],
      phaseId: rows.phases[0]?.id,
    });
    expect(rows.materials[0]).toMatchObject({ quantity: 6, cost: { lo: 150, likely: 210, hi: 360 } });
    expect(rows.budgetLines[0]).toMatchObject({ name: "Tools", currency: "EUR" });
    expect(rows.risks[0]).toMatchObject({ risk: "Noise", likelihood: "high" });
  });

  it("starts from the same bytes on every device, so that nothing is there twice", () => {
    const doc = new Y.Doc();
    Y.applyUpdate(doc, documentSeed("project"));
    const once = Y.encodeStateAsUpdate(doc);
    Y.applyUpdate(doc, documentSeed("project"));
    expect(Y.encodeStateAsUpdate(doc)).toEqual(once);
  });

  it("merges edits of different fields of one task by two people who were offline", () => {
    const { doc, taskIds } = newProject();
    const other = new Y.Doc();
    Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
    const id = taskIds.get("buy") ?? "";
    renameTask(doc, id, "Buy filters only");
    setTaskStatus(other, id, "doing");
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(other));
    Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
    expect(task(doc, id)).toMatchObject({ name: "Buy filters only", status: "doing" });
    expect(projectRows(other)).toEqual(projectRows(doc));
  });

  it("keeps a concurrent edit of a task that somebody else moved to the bin", () => {
    const { doc, taskIds } = newProject();
    const other = new Y.Doc();
    Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
    const id = taskIds.get("buy") ?? "";
    softDeleteTask(doc, id, NOW);
    changeTask(other, id, { notes: "Shop at the corner" });
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(other));
    expect(task(doc, id)).toMatchObject({ deletedAt: NOW, notes: "Shop at the corner" });
    restoreTask(doc, id);
    expect(task(doc, id)?.deletedAt).toBeNull();
  });

  it("keeps fields that a newer program added", () => {
    const { doc, taskIds } = newProject();
    const id = taskIds.get("buy") ?? "";
    (doc.getMap("tasks").get(id) as Y.Map<unknown>).set("colour", "green");
    renameTask(doc, id, "Other");
    moveTask(doc, id, taskIds.get("build") ?? null);
    expect((doc.getMap("tasks").get(id) as Y.Map<unknown>).get("colour")).toBe("green");
    expect(projectRows(doc).tasks.map((each) => each.name)).toEqual(["Build day", "Other"]);
  });

  it("adds tasks at the end and refuses circles of dependencies", () => {
    const { doc, taskIds } = newProject();
    const [buy, build] = [taskIds.get("buy") ?? "", taskIds.get("build") ?? ""];
    const added = "01hzzzzzzzzzzzzzzzzzzzzzzz";
    addTask(doc, added, { name: "Label", durationDays: { lo: 1, likely: 1, hi: 1 }, hours: 1 }, NOW);
    expect(projectRows(doc).tasks.at(-1)).toMatchObject({ id: added, name: "Label", status: "todo" });
    expect(addTaskDependency(doc, added, build).ok).toBe(true);
    expect(addTaskDependency(doc, buy, added)).toMatchObject({ error: { code: "TASK_DEPENDENCY_CYCLE" } });
    expect(addTaskDependency(doc, buy, buy)).toMatchObject({ error: { code: "TASK_DEPENDENCY_CYCLE" } });
    expect(removeTaskDependency(doc, added, build).ok).toBe(true);
    expect(task(doc, added)?.dependsOn).toEqual([]);
  });

  it("says that a task does not exist", () => {
    const { doc } = newProject();
    const missing = "01hzzzzzzzzzzzzzzzzzzzzzzz";
    expect(setTaskStatus(doc, missing, "done")).toMatchObject({ error: { code: "TASK_NOT_FOUND" } });
    expect(moveTask(doc, missing, null)).toMatchObject({ error: { code: "TASK_NOT_FOUND" } });
  });
});

describe("what others may have written into a project", () => {
  it("lists broken items as problems and shows the rest", () => {
    const { doc, taskIds } = newProject();
    const id = taskIds.get("buy") ?? "";
    (doc.getMap("tasks").get(id) as Y.Map<unknown>).set("status", "later");
    doc.getMap("tasks").set("not an id", new Y.Map());
    doc.getMap("risks").set("01hzzzzzzzzzzzzzzzzzzzzzzz", 7);
    const rows = projectRows(doc);
    expect(rows.tasks).toHaveLength(1);
    expect(rows.problems.map((problem) => [problem.group, problem.itemId])).toEqual([
      ["tasks", id],
      ["tasks", "not an id"],
      ["risks", "01hzzzzzzzzzzzzzzzzzzzzzzz"],
    ]);
  });

  it("survives content nested five thousand deep", () => {
    const { doc, taskIds } = newProject();
    let inner = new Y.Map<unknown>();
    (doc.getMap("tasks").get(taskIds.get("buy") ?? "") as Y.Map<unknown>).set("deep", inner);
    doc.transact(() => {
      for (let i = 0; i < 5000; i++) {
        const next = new Y.Map<unknown>();
        inner.set("a", next);
        inner = next;
      }
    });
    const rows = projectRows(doc);
    expect(rows.problems).toEqual([
      { group: "tasks", itemId: taskIds.get("buy"), problem: "nested too deep or too large" },
    ]);
    expect(rows.tasks).toHaveLength(1);
  });

  it("treats a key called __proto__ as an ordinary key", () => {
    const { doc, taskIds } = newProject();
    const evil = new Y.Map<unknown>([["name", "stolen"]]);
    doc.getMap("tasks").set("__proto__", evil);
    (doc.getMap("tasks").get(taskIds.get("buy") ?? "") as Y.Map<unknown>).set("__proto__", { name: "stolen" });
    expect(task(doc, taskIds.get("buy"))?.name).toBe("Buy fans and filters");
    expect(({} as { name?: string }).name).toBeUndefined();
  });
});

describe("following changes", () => {
  it("names exactly the items that changed, however deep", () => {
    const { doc, taskIds } = newProject();
    const tracker = trackProjectChanges(doc);
    expect(tracker.take()).toBeNull();
    const [buy, build] = [taskIds.get("buy") ?? "", taskIds.get("build") ?? ""];
    removeTaskDependency(doc, build, buy);
    setProjectStatus(doc, "active");
    const dirty = tracker.take();
    expect(dirty?.project).toBe(true);
    expect([...(dirty?.tasks ?? [])]).toEqual([build]);
    expect(dirty?.risks.size).toBe(0);
    expect(tracker.take()).toBeNull();
  });
});

describe("undo", () => {
  it("takes back one's own change with its label and leaves another's alone", () => {
    const { doc, taskIds } = newProject();
    const undo = createDocumentUndo(doc, "window");
    const [buy, build] = [taskIds.get("buy") ?? "", taskIds.get("build") ?? ""];
    doc.transact(() => setTaskStatus(doc, buy, "done"), "window");
    undo.label("Moved ‘Buy fans and filters’ to Done");
    doc.transact(() => setTaskStatus(doc, build, "doing"), "sync");
    expect(undo.undoLabel).toBe("Moved ‘Buy fans and filters’ to Done");
    expect(undo.undo()).toBe("Moved ‘Buy fans and filters’ to Done");
    expect(task(doc, buy)?.status).toBe("todo");
    expect(task(doc, build)?.status).toBe("doing");
    expect(undo.undo()).toBeNull();
    expect(undo.redoLabel).toBe("Moved ‘Buy fans and filters’ to Done");
    expect(undo.redo()).toBe("Moved ‘Buy fans and filters’ to Done");
    expect(task(doc, buy)?.status).toBe("done");
    undo.dispose();
  });
});
