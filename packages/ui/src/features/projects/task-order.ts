import type { TaskView } from "@ecolocal/core/api";

/** Tasks in the order people gave them. */
export function sortTasks(tasks: readonly TaskView[]): readonly TaskView[] {
  return [...tasks].sort((a, b) => compare(a.order, b.order) || compare(a.id, b.id));
}

// Fractional orders compare by code unit, not by the rules of a language.
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Names of the tasks that still have to be done before this one. */
export function waitingFor(task: TaskView, tasks: readonly TaskView[]): readonly string[] {
  return task.dependsOn.flatMap((id) => {
    const other = tasks.find((candidate) => candidate.id === id);
    return other === undefined || other.status === "done" ? [] : [other.name];
  });
}
