import type { ProjectSummary, ProjectView, TaskView } from "@ecolocal/core/api";
import type { ProjectTask } from "@ecolocal/core/documents";
import { type ExpectedSchedule, expectedSchedule } from "@ecolocal/core/planning";
import type { Ulid } from "@ecolocal/core/shared";
import type { ProjectRepository, StoredProject } from "@ecolocal/db/projections";
import { localDay } from "../calendar/index.ts";

export function viewProjectSummary(rows: ProjectRepository, project: StoredProject, timeZone: string): ProjectSummary {
  const tasks = rows.tasks(project.id);
  return summarise(project, viewTasks(tasks, scheduleOf(project, tasks, timeZone)), timeZone, tasks);
}

export function viewProject(rows: ProjectRepository, project: StoredProject, timeZone: string): ProjectView {
  const stored = rows.tasks(project.id);
  const tasks = viewTasks(stored, scheduleOf(project, stored, timeZone));
  return {
    ...summarise(project, tasks, timeZone, stored),
    summary: project.summary,
    units: project.units,
    unitName: project.unitName,
    tasks,
    budget: rows
      .budgetLines(project.id)
      .map(({ id, name, cost, currency }) => ({ id, name, cost: { ...cost }, currency })),
    materials: rows.materials(project.id).map(({ id, name, quantity, unit }) => ({ id, name, quantity, unit })),
    risks: rows.risks(project.id).map(({ id, risk, likelihood, severity, response }) => ({
      id,
      risk,
      likelihood,
      severity,
      response,
    })),
    why: project.why,
    catalogueVersion: project.catalogueVersion,
  };
}

function summarise(
  project: StoredProject,
  tasks: readonly TaskView[],
  timeZone: string,
  stored: readonly ProjectTask[],
): ProjectSummary {
  const open = tasks.filter((task) => task.status !== "done" && !task.blocked);
  const next = open.find((task) => task.status === "doing") ?? open[0];
  return {
    id: project.id,
    title: project.title,
    status: project.status,
    recommendationId: project.recommendationId,
    createdAt: project.createdAt,
    tasksDone: project.tasksDone,
    tasksTotal: project.tasksTotal,
    nextTask: next?.name ?? null,
    expectedEndOn: scheduleOf(project, stored, timeZone)?.endOn ?? null,
  };
}

/** Tasks in display order; a task waits while one it depends on is open. */
function viewTasks(tasks: readonly ProjectTask[], schedule: ExpectedSchedule | null): TaskView[] {
  const open = new Set(tasks.filter(({ status }) => status !== "done").map(({ id }) => id));
  const days = new Map(schedule?.tasks.map((task) => [task.templateId, task]));
  return tasks.map((task) => ({
    id: task.id,
    name: task.name,
    status: task.status,
    order: task.order,
    durationDays: { ...task.durationDays },
    hours: task.hours,
    dependsOn: [...task.dependsOn],
    skills: task.skills.map(({ label }) => label),
    notes: task.notes,
    startOn: days.get(task.id)?.startOn ?? null,
    endOn: days.get(task.id)?.endOn ?? null,
    blocked: task.status !== "done" && task.dependsOn.some((id) => open.has(id)),
  }));
}

/** Earliest days from the day on which the project was started; null where tasks wait for each other in a circle. */
function scheduleOf(project: StoredProject, tasks: readonly ProjectTask[], timeZone: string): ExpectedSchedule | null {
  const toSchedule = tasks.map(({ id, durationDays: { lo, likely, hi }, dependsOn }) => ({
    templateId: id satisfies Ulid,
    days: [lo, likely, hi] as const,
    after: dependsOn,
  }));
  const schedule = expectedSchedule(toSchedule, localDay(timeZone, project.createdAt));
  return schedule.ok ? schedule.value : null;
}
