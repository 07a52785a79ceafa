import type * as Y from "yjs";
import type { ImpactEstimate } from "../../impact/index.ts";
import type { Span } from "../../knowledge/index.ts";
import type { ProjectPlan } from "../../planning/index.ts";
import type { Evidence } from "../../recommendation/index.ts";
import type { IdSource, Instant, Ulid } from "../../shared/index.ts";
import { firstOrders } from "../fractional-order.ts";
import { sharedValue } from "../plain-value.ts";
import { createItem, projectFields, projectItems } from "./project-roots.ts";
import type { DocumentSpan, ProjectStatus } from "./project-schema.ts";

/** What was known when a recommendation was accepted; kept unchanged, so that the reason stays checkable. */
export interface ProjectOrigin {
  readonly recommendationId: string;
  readonly acceptedAt: Instant;
  readonly catalogueVersion: string;
  readonly bandSets: readonly { readonly id: string; readonly version: string }[];
  readonly evidence: readonly Evidence[];
  readonly impact: readonly ImpactEstimate[];
}

export interface ProjectFounding {
  readonly title?: string;
  readonly status: ProjectStatus;
  /** Why it was started, in one sentence. */
  readonly why: string;
  readonly origin: ProjectOrigin | null;
  readonly createdAt: Instant;
}

/**
 * Writes a new project into its (empty) document: fields, phases, tasks, budget, materials and risks, each under a
 * new id. Returns the task ids by the ids of the plan. Run it once, by the device that starts the project.
 */
export function createProject(
  doc: Y.Doc,
  plan: ProjectPlan,
  founding: ProjectFounding,
  ids: IdSource,
): ReadonlyMap<string, Ulid> {
  const phaseIds = new Map(plan.phases.map((phase) => [phase.id as string, ids.next()]));
  const taskIds = new Map(plan.tasks.map((task) => [task.templateId, ids.next()]));
  writeFields(doc, plan, founding);
  writePhases(doc, plan, phaseIds);
  writeTasks(doc, plan, founding.createdAt, { phaseIds, taskIds });
  writeResources(doc, plan, ids);
  return taskIds;
}

function writeFields(doc: Y.Doc, plan: ProjectPlan, founding: ProjectFounding): void {
  const fields = projectFields(doc);
  const values = {
    title: founding.title ?? plan.title,
    summary: plan.summary,
    status: founding.status,
    category: plan.category,
    projectTypeId: plan.projectTypeId,
    recommendationId: founding.origin?.recommendationId ?? null,
    catalogueVersion: plan.catalogueVersion,
    units: plan.units,
    unitName: plan.unitName,
    why: founding.why,
    upkeepHoursPerMonth: plan.upkeepHoursPerMonth,
    prerequisites: plan.prerequisites,
    permits: plan.permits,
    origin: founding.origin,
    createdAt: founding.createdAt,
    deletedAt: null,
  };
  for (const [key, value] of Object.entries(values)) fields.set(key, sharedValue(value));
}

function writePhases(doc: Y.Doc, plan: ProjectPlan, phaseIds: ReadonlyMap<string, Ulid>): void {
  const orders = firstOrders(plan.phases.length);
  plan.phases.forEach((phase, index) => {
    const id = phaseIds.get(phase.id);
    if (id === undefined) return;
    projectItems(doc, "phases").set(id, createItem({ name: phase.name, order: orders[index], deletedAt: null }));
  });
}

function writeTasks(
  doc: Y.Doc,
  plan: ProjectPlan,
  createdAt: Instant,
  names: { readonly phaseIds: ReadonlyMap<string, Ulid>; readonly taskIds: ReadonlyMap<string, Ulid> },
): void {
  const orders = firstOrders(plan.tasks.length);
  plan.tasks.forEach((task, index) => {
    const id = names.taskIds.get(task.templateId);
    if (id === undefined) return;
    const before = task.after.map((key) => names.taskIds.get(key)).filter((each) => each !== undefined);
    const item = createItem({
      name: task.name,
      status: "todo",
      order: orders[index],
      phaseId: names.phaseIds.get(task.phase) ?? null,
      durationDays: toDocumentSpan(task.days),
      hours: task.hours,
      skills: task.skills,
      assignee: null,
      notes: "",
      createdAt,
      deletedAt: null,
    });
    item.set("dependsOn", createItem(Object.fromEntries(before.map((each) => [each, true]))));
    projectItems(doc, "tasks").set(id, item);
  });
}

function writeResources(doc: Y.Doc, plan: ProjectPlan, ids: IdSource): void {
  const addAll = (
    group: "budgetLines" | "materials" | "risks",
    items: readonly Readonly<Record<string, unknown>>[],
  ) => {
    const orders = firstOrders(items.length);
    items.forEach((fields, index) => {
      projectItems(doc, group).set(ids.next(), createItem({ ...fields, order: orders[index], deletedAt: null }));
    });
  };
  addAll(
    "budgetLines",
    plan.budget.map((line) => ({ name: line.name, cost: toDocumentSpan(line.cost), currency: line.currency })),
  );
  addAll(
    "materials",
    plan.materials.map((material) => ({ ...material, cost: toDocumentSpan(material.cost) })),
  );
  addAll(
    "risks",
    plan.risks.map((risk) => ({ ...risk })),
  );
}

function toDocumentSpan([lo, likely, hi]: Span): DocumentSpan {
  return { lo, likely, hi };
}
