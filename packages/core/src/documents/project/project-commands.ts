import * as Y from "yjs";
import { err, type Failure, type Instant, ok, type Result, type Ulid } from "../../shared/index.ts";
import { compareOrder, type Ordered, ordersForMove } from "../fractional-order.ts";
import { sharedValue } from "../plain-value.ts";
import { createItem, projectFields, projectItem, projectItems } from "./project-roots.ts";
import type { DocumentSpan, ProjectStatus, ProjectTask, TaskStatus } from "./project-schema.ts";

export type TaskFailure = Failure<"TASK_NOT_FOUND" | "TASK_DEPENDENCY_CYCLE">;

// Every command sets single fields and never writes an object back: fields that a newer program added stay.

export function setProjectStatus(doc: Y.Doc, status: ProjectStatus): void {
  projectFields(doc).set("status", status);
}

export function renameProject(doc: Y.Doc, title: string): void {
  projectFields(doc).set("title", title);
}

/** Moves the project to the bin; a concurrent edit by somebody else is kept and comes back with it. */
export function softDeleteProject(doc: Y.Doc, at: Instant): void {
  projectFields(doc).set("deletedAt", at);
}

export function restoreProject(doc: Y.Doc): void {
  projectFields(doc).set("deletedAt", null);
}

export interface NewTask {
  readonly name: string;
  readonly durationDays: DocumentSpan;
  readonly hours: number;
  readonly phaseId?: Ulid | null;
}

/** Adds a task at the end of the list. */
export function addTask(doc: Y.Doc, id: Ulid, task: NewTask, createdAt: Instant): void {
  const tasks = taskOrders(doc);
  const last = tasks.toSorted(compareOrder).at(-1)?.id ?? null;
  const item = createItem({
    name: task.name,
    status: "todo",
    phaseId: task.phaseId ?? null,
    durationDays: { ...task.durationDays },
    hours: task.hours,
    skills: [],
    assignee: null,
    notes: "",
    createdAt,
    deletedAt: null,
  });
  item.set("dependsOn", createItem({}));
  for (const [each, order] of ordersForMove(tasks, id, last)) {
    if (each === id) item.set("order", order);
    else projectItem(doc, "tasks", each)?.set("order", order);
  }
  projectItems(doc, "tasks").set(id, item);
}

export function setTaskStatus(doc: Y.Doc, taskId: Ulid, status: TaskStatus): Result<void, TaskFailure> {
  return changeTask(doc, taskId, { status });
}

export function renameTask(doc: Y.Doc, taskId: Ulid, name: string): Result<void, TaskFailure> {
  return changeTask(doc, taskId, { name });
}

export type TaskChange = Partial<
  Pick<ProjectTask, "name" | "status" | "hours" | "durationDays" | "assignee" | "notes" | "phaseId" | "skills">
>;

/** Changes the named fields of a task; the others stay free for somebody else's concurrent edit. */
export function changeTask(doc: Y.Doc, taskId: Ulid, change: TaskChange): Result<void, TaskFailure> {
  const task = projectItem(doc, "tasks", taskId);
  if (task === null) return err(taskNotFound(taskId));
  for (const [key, value] of Object.entries(change)) {
    if (value !== undefined) task.set(key, sharedValue(value));
  }
  return ok(undefined);
}

/** Moves a task right behind another (null: to the top). */
export function moveTask(doc: Y.Doc, taskId: Ulid, after: Ulid | null): Result<void, TaskFailure> {
  if (projectItem(doc, "tasks", taskId) === null) return err(taskNotFound(taskId));
  if (after !== null && projectItem(doc, "tasks", after) === null) return err(taskNotFound(after));
  for (const [id, order] of ordersForMove(taskOrders(doc), taskId, after)) {
    projectItem(doc, "tasks", id)?.set("order", order);
  }
  return ok(undefined);
}

/** Moves a task to the bin; it stays in the document, so that a concurrent edit of it is not lost. */
export function softDeleteTask(doc: Y.Doc, taskId: Ulid, at: Instant): Result<void, TaskFailure> {
  return setTaskField(doc, taskId, "deletedAt", at);
}

export function restoreTask(doc: Y.Doc, taskId: Ulid): Result<void, TaskFailure> {
  return setTaskField(doc, taskId, "deletedAt", null);
}

/** Says that a task can start only when another is finished; refuses circles. */
export function addTaskDependency(doc: Y.Doc, taskId: Ulid, dependsOn: Ulid): Result<void, TaskFailure> {
  const task = projectItem(doc, "tasks", taskId);
  if (task === null) return err(taskNotFound(taskId));
  if (projectItem(doc, "tasks", dependsOn) === null) return err(taskNotFound(dependsOn));
  if (waitsFor(doc, dependsOn, taskId)) {
    return err({
      code: "TASK_DEPENDENCY_CYCLE",
      op: "task.addDependency",
      subject: taskId,
      detail: "The other task already waits for this one; each would wait for the other for ever.",
      retry: "never",
    });
  }
  dependencies(task)?.set(dependsOn, true);
  return ok(undefined);
}

export function removeTaskDependency(doc: Y.Doc, taskId: Ulid, dependsOn: Ulid): Result<void, TaskFailure> {
  const task = projectItem(doc, "tasks", taskId);
  if (task === null) return err(taskNotFound(taskId));
  dependencies(task)?.delete(dependsOn);
  return ok(undefined);
}

function dependencies(task: Y.Map<unknown>): Y.Map<unknown> | null {
  const set = task.get("dependsOn");
  return set instanceof Y.Map ? set : null;
}

/** Where every task stands, readable or not; cheaper than reading the tasks themselves. */
function taskOrders(doc: Y.Doc): Ordered[] {
  return [...projectItems(doc, "tasks").keys()].map((id) => {
    const order = projectItem(doc, "tasks", id)?.get("order");
    return { id, order: typeof order === "string" ? order : "" };
  });
}

/** Tells whether `from` waits, directly or not, for `target`; circles that others made end the walk. */
function waitsFor(doc: Y.Doc, from: Ulid, target: Ulid): boolean {
  const seen = new Set<Ulid>();
  const open = [from];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (id === target) return true;
    if (seen.has(id)) continue;
    seen.add(id);
    const task = projectItem(doc, "tasks", id);
    open.push(...((task === null ? null : dependencies(task))?.keys() ?? []));
  }
  return false;
}

function setTaskField(doc: Y.Doc, taskId: Ulid, key: string, value: unknown): Result<void, TaskFailure> {
  const task = projectItem(doc, "tasks", taskId);
  if (task === null) return err(taskNotFound(taskId));
  task.set(key, value);
  return ok(undefined);
}

function taskNotFound(taskId: Ulid): TaskFailure {
  return {
    code: "TASK_NOT_FOUND",
    op: "task.change",
    subject: taskId,
    detail: "The project has no such task.",
    retry: "never",
  };
}
