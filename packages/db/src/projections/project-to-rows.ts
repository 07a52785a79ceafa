import type {
  ProjectBudgetLine,
  ProjectFields,
  ProjectItemGroup,
  ProjectMaterial,
  ProjectPhase,
  ProjectRisk,
  ProjectRows,
  ProjectTask,
} from "@ecolocal/core/documents";
import type { ProjectionTables } from "./schema.ts";

/** The table of each group of items. */
export const GROUP_TABLES = {
  phases: "project_phases",
  tasks: "project_tasks",
  budgetLines: "project_budget_lines",
  materials: "project_materials",
  risks: "project_risks",
} as const satisfies Record<ProjectItemGroup, keyof ProjectionTables>;

export function fieldsToRow(id: string, fields: ProjectFields): ProjectionTables["projects"] {
  return {
    id,
    title: fields.title,
    summary: fields.summary,
    status: fields.status,
    category: fields.category,
    project_type_id: fields.projectTypeId,
    recommendation_id: fields.recommendationId,
    catalogue_version: fields.catalogueVersion,
    units: fields.units,
    unit_name: fields.unitName,
    why: fields.why,
    upkeep_hours_per_month: fields.upkeepHoursPerMonth,
    prerequisites: JSON.stringify(fields.prerequisites),
    permits: JSON.stringify(fields.permits),
    origin: fields.origin === null ? null : JSON.stringify(fields.origin),
    created_at: fields.createdAt,
    deleted_at: fields.deletedAt,
  };
}

export function phaseToRow(projectId: string, phase: ProjectPhase): ProjectionTables["project_phases"] {
  return {
    project_id: projectId,
    id: phase.id,
    name: phase.name,
    sort_order: phase.order,
    deleted_at: phase.deletedAt,
  };
}

export function taskToRow(projectId: string, task: ProjectTask): ProjectionTables["project_tasks"] {
  return {
    project_id: projectId,
    id: task.id,
    name: task.name,
    status: task.status,
    sort_order: task.order,
    phase_id: task.phaseId,
    duration_lo_days: task.durationDays.lo,
    duration_likely_days: task.durationDays.likely,
    duration_hi_days: task.durationDays.hi,
    effort_hours: task.hours,
    skills: JSON.stringify(task.skills),
    assignee: task.assignee,
    notes: task.notes,
    created_at: task.createdAt,
    deleted_at: task.deletedAt,
  };
}

export function dependencyRows(projectId: string, task: ProjectTask): ProjectionTables["task_dependencies"][] {
  return task.dependsOn.map((id) => ({ project_id: projectId, task_id: task.id, depends_on: id }));
}

export function budgetLineToRow(projectId: string, line: ProjectBudgetLine): ProjectionTables["project_budget_lines"] {
  return {
    project_id: projectId,
    id: line.id,
    name: line.name,
    cost_lo: line.cost.lo,
    cost_likely: line.cost.likely,
    cost_hi: line.cost.hi,
    currency: line.currency,
    sort_order: line.order,
    deleted_at: line.deletedAt,
  };
}

export function materialToRow(projectId: string, material: ProjectMaterial): ProjectionTables["project_materials"] {
  return {
    project_id: projectId,
    id: material.id,
    resource_id: material.resourceId,
    name: material.name,
    quantity: material.quantity,
    unit: material.unit,
    cost_lo: material.cost?.lo ?? null,
    cost_likely: material.cost?.likely ?? null,
    cost_hi: material.cost?.hi ?? null,
    sort_order: material.order,
    deleted_at: material.deletedAt,
  };
}

export function riskToRow(projectId: string, risk: ProjectRisk): ProjectionTables["project_risks"] {
  return {
    project_id: projectId,
    id: risk.id,
    risk: risk.risk,
    likelihood: risk.likelihood,
    severity: risk.severity,
    response: risk.response,
    sort_order: risk.order,
    deleted_at: risk.deletedAt,
  };
}

/** Every row of a project, by table, in the order in which they can be inserted. */
export function projectTableRows(
  projectId: string,
  rows: ProjectRows,
): Partial<{
  [Table in keyof ProjectionTables]: readonly ProjectionTables[Table][];
}> {
  return {
    projects: rows.project === null ? [] : [fieldsToRow(projectId, rows.project)],
    project_phases: rows.phases.map((phase) => phaseToRow(projectId, phase)),
    project_tasks: rows.tasks.map((task) => taskToRow(projectId, task)),
    task_dependencies: rows.tasks.flatMap((task) => dependencyRows(projectId, task)),
    project_budget_lines: rows.budgetLines.map((line) => budgetLineToRow(projectId, line)),
    project_materials: rows.materials.map((material) => materialToRow(projectId, material)),
    project_risks: rows.risks.map((risk) => riskToRow(projectId, risk)),
  };
}
