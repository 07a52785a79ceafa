import type {
  ProjectBudgetLine,
  ProjectFields,
  ProjectMaterial,
  ProjectPhase,
  ProjectRisk,
  ProjectStatus,
  ProjectTask,
  TaskStatus,
} from "@ecolocal/core/documents";
import type { Ulid } from "@ecolocal/core/shared";
import { createSyncQuery, type SqliteHandle } from "../sqlite/index.ts";
import type { ProjectionTables } from "./schema.ts";

/** A project in a list. */
export interface StoredProject extends ProjectFields {
  readonly id: Ulid;
  /** Tasks outside the bin. */
  readonly tasksTotal: number;
  readonly tasksDone: number;
}

export interface StoredProblem {
  readonly documentId: string;
  readonly group: string;
  readonly itemId: string;
  readonly problem: string;
}

/** Reads projects from the query tables; changes go through the documents. Lists are in display order. */
export interface ProjectRepository {
  /** Newest first, without those in the bin. */
  list(): StoredProject[];
  listBin(): StoredProject[];
  count(): number;
  find(id: Ulid): StoredProject | null;
  phases(projectId: Ulid): ProjectPhase[];
  /** Without tasks in the bin. */
  tasks(projectId: Ulid): ProjectTask[];
  task(projectId: Ulid, taskId: Ulid): ProjectTask | null;
  budgetLines(projectId: Ulid): ProjectBudgetLine[];
  materials(projectId: Ulid): ProjectMaterial[];
  risks(projectId: Ulid): ProjectRisk[];
  /** Items of documents that could not be read. */
  problems(): StoredProblem[];
}

export function projectRepository(handle: SqliteHandle): ProjectRepository {
  const query = createSyncQuery<ProjectionTables>(handle.sqlite);
  const { build } = query;
  const projects = build
    .selectFrom("projects")
    .selectAll()
    .select((select) => {
      const tasks = select
        .selectFrom("project_tasks")
        .whereRef("project_tasks.project_id", "=", "projects.id")
        .where("project_tasks.deleted_at", "is", null)
        .select((count) => count.fn.countAll<number>().as("n"));
      return [tasks.as("tasksTotal"), tasks.where("project_tasks.status", "=", "done").as("tasksDone")];
    })
    .orderBy("created_at", "desc")
    .orderBy("id", "desc");
  const items = <Table extends ItemTable>(table: Table, projectId: Ulid) =>
    query.all(
      build
        .selectFrom(table as ItemTable)
        .selectAll()
        .where("project_id", "=", projectId)
        .where("deleted_at", "is", null)
        .orderBy("sort_order")
        .orderBy("id"),
    ) as unknown as ProjectionTables[Table][];
  const dependencies = (projectId: Ulid) => {
    const rows = query.all(build.selectFrom("task_dependencies").selectAll().where("project_id", "=", projectId));
    return Map.groupBy(rows, (row) => row.task_id);
  };
  const tasks = (projectId: Ulid) => {
    const before = dependencies(projectId);
    return items("project_tasks", projectId).map((row) =>
      rowToTask(row, before.get(row.id)?.map((each) => each.depends_on) ?? []),
    );
  };
  return {
    list: () => query.all(projects.where("deleted_at", "is", null)).map(rowToProject),
    listBin: () => query.all(projects.where("deleted_at", "is not", null)).map(rowToProject),
    count: () =>
      query.first(
        build
          .selectFrom("projects")
          .select((select) => select.fn.countAll<number>().as("n"))
          .where("deleted_at", "is", null),
      )?.n ?? 0,
    find(id) {
      const row = query.first(projects.where("id", "=", id));
      return row === undefined ? null : rowToProject(row);
    },
    phases: (projectId) => items("project_phases", projectId).map(rowToPhase),
    tasks,
    task: (projectId, taskId) => tasks(projectId).find((task) => task.id === taskId) ?? null,
    budgetLines: (projectId) => items("project_budget_lines", projectId).map(rowToBudgetLine),
    materials: (projectId) => items("project_materials", projectId).map(rowToMaterial),
    risks: (projectId) => items("project_risks", projectId).map(rowToRisk),
    problems: () =>
      query.all(
        build
          .selectFrom("projection_errors")
          .select(["document_id as documentId", "item_group as group", "item_id as itemId", "problem"])
          .orderBy("document_id"),
      ),
  };
}

type ItemTable = "project_phases" | "project_tasks" | "project_budget_lines" | "project_materials" | "project_risks";

function rowToProject(
  row: ProjectionTables["projects"] & { readonly tasksTotal: number | null; readonly tasksDone: number | null },
): StoredProject {
  return {
    id: row.id,
    title: row.title,
    summary: row.summary,
    status: row.status as ProjectStatus,
    category: row.category,
    projectTypeId: row.project_type_id,
    recommendationId: row.recommendation_id,
    catalogueVersion: row.catalogue_version,
    units: row.units,
    unitName: row.unit_name,
    why: row.why,
    upkeepHoursPerMonth: row.upkeep_hours_per_month,
    prerequisites: JSON.parse(row.prerequisites) as string[],
    permits: JSON.parse(row.permits) as string[],
    origin: row.origin === null ? null : JSON.parse(row.origin),
    createdAt: row.created_at,
    deletedAt: row.deleted_at,
    tasksTotal: row.tasksTotal ?? 0,
    tasksDone: row.tasksDone ?? 0,
  };
}

function rowToPhase(row: ProjectionTables["project_phases"]): ProjectPhase {
  return { id: row.id, name: row.name, order: row.sort_order, deletedAt: row.deleted_at };
}

function rowToTask(row: ProjectionTables["project_tasks"], dependsOn: readonly Ulid[]): ProjectTask {
  return {
    id: row.id,
    name: row.name,
    status: row.status as TaskStatus,
    order: row.sort_order,
    phaseId: row.phase_id,
    durationDays: { lo: row.duration_lo_days, likely: row.duration_likely_days, hi: row.duration_hi_days },
    hours: row.effort_hours,
    dependsOn,
    skills: JSON.parse(row.skills) as ProjectTask["skills"],
    assignee: row.assignee,
    notes: row.notes,
    createdAt: row.created_at,
    deletedAt: row.deleted_at,
  };
}

function rowToBudgetLine(row: ProjectionTables["project_budget_lines"]): ProjectBudgetLine {
  return {
    id: row.id,
    name: row.name,
    cost: { lo: row.cost_lo, likely: row.cost_likely, hi: row.cost_hi },
    currency: row.currency,
    order: row.sort_order,
    deletedAt: row.deleted_at,
  };
}

function rowToMaterial(row: ProjectionTables["project_materials"]): ProjectMaterial {
  const { cost_lo: lo, cost_likely: likely, cost_hi: hi } = row;
  return {
    id: row.id,
    resourceId: row.resource_id,
    name: row.name,
    quantity: row.quantity,
    unit: row.unit,
    cost: lo === null || likely === null || hi === null ? null : { lo, likely, hi },
    order: row.sort_order,
    deletedAt: row.deleted_at,
  };
}

function rowToRisk(row: ProjectionTables["project_risks"]): ProjectRisk {
  return {
    id: row.id,
    risk: row.risk,
    likelihood: row.likelihood as ProjectRisk["likelihood"],
    severity: row.severity as ProjectRisk["severity"],
    response: row.response,
    order: row.sort_order,
    deletedAt: row.deleted_at,
  };
}
