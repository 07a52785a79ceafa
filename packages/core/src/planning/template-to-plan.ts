import type { Knowledge, ProjectType, Skill, Span, TaskPhase } from "../knowledge/index.ts";
import { projectHours } from "../recommendation/index.ts";
import type { BudgetLine, PlannedMaterial, PlannedTask, PlanPhase, ProjectPlan } from "./plan.ts";

const PHASE_NAMES: Readonly<Record<TaskPhase, string>> = {
  prepare: "Prepare",
  act: "Do it",
  check: "Check the effect",
};
const PHASES: readonly TaskPhase[] = ["prepare", "act", "check"];

const CURRENCY = "EUR";

/**
 * Turns a project type into the plan that accepting its recommendation starts, for `units` units (at least one).
 * Plain data without ids of the workspace: the document that stores it gives its own.
 */
export function templateToPlan(project: ProjectType, units: number, knowledge: Knowledge): ProjectPlan {
  const size = Math.max(1, units);
  const tasks = project.tasks.map(
    (task): PlannedTask => ({
      templateId: task.id,
      name: task.name,
      phase: task.phase,
      days: task.days,
      hours: roundTenth(task.hours + size * task.hoursPerUnit),
      after: task.after,
      skills: task.skills.map((id) => describeSkill(knowledge.skill(id), id)),
    }),
  );
  return {
    projectTypeId: project.id,
    title: project.title,
    summary: project.summary,
    category: project.category,
    units: size,
    unitName: project.unit.name,
    phases: phasesOf(tasks),
    tasks,
    materials: project.materials.map((material) => describeMaterial(material, size, knowledge)),
    budget: budgetOf(project, size, knowledge),
    hours: projectHours(project, size),
    upkeepHoursPerMonth: project.upkeepHoursPerMonth,
    risks: project.risks,
    prerequisites: project.prerequisites,
    permits: project.permits,
    catalogueVersion: knowledge.version,
  };
}

function describeSkill(skill: Skill | undefined, id: string) {
  return { id, label: skill?.label ?? id, regulated: skill?.regulated ?? false };
}

function phasesOf(tasks: readonly PlannedTask[]): readonly PlanPhase[] {
  return PHASES.map((id) => ({
    id,
    name: PHASE_NAMES[id],
    taskIds: tasks.filter((task) => task.phase === id).map((task) => task.templateId),
  })).filter((phase) => phase.taskIds.length > 0);
}

function describeMaterial(
  { resource, quantityPerUnit, unit, eur }: ProjectType["materials"][number],
  units: number,
  knowledge: Knowledge,
): PlannedMaterial {
  const quantity = Number((quantityPerUnit * units).toPrecision(6));
  return {
    resourceId: resource,
    name: knowledge.resource(resource)?.label ?? resource,
    quantity,
    unit,
    cost: scaled(eur, quantity),
  };
}

/** Set-up, the part that grows with the size, and a reserve for what nobody foresaw. */
function budgetOf(project: ProjectType, units: number, knowledge: Knowledge): readonly BudgetLine[] {
  const { fixed, perUnit, ver } = project.cost;
  const growing = scaled(perUnit, units);
  const likely = fixed[1] + growing[1];
  const lines: BudgetLine[] = [
    { id: "fixed", name: "Set-up", cost: fixed, currency: CURRENCY, ver },
    { id: "per-unit", name: `${formatCount(units)} × ${project.unit.name}`, cost: growing, currency: CURRENCY, ver },
  ];
  const reserve = knowledge.planning("contingency_budget");
  if (reserve === undefined) return lines;
  const share: Span = [reserve.lo ?? reserve.value, reserve.value, reserve.hi ?? reserve.value];
  return [
    ...lines,
    { id: "reserve", name: "Reserve", cost: scaled(share, likely), currency: CURRENCY, ver: reserve.ver },
  ];
}

/** A span times a factor, in whole cents. */
function scaled([lo, likely, hi]: Span, factor: number): Span {
  const cents = (value: number) => Math.round(value * factor * 100) / 100;
  return [cents(lo), cents(likely), cents(hi)];
}

const roundTenth = (value: number) => Math.round(value * 10) / 10;
const formatCount = (value: number) => String(Number(value.toPrecision(6)));
