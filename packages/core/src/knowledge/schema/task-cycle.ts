/** The ids along one circle of `after` dependencies, first id repeated at the end; null when there is none. */
export function findCycle(
  tasks: readonly { readonly id: string; readonly after: readonly string[] }[],
): readonly string[] | null {
  const afterOf = new Map(tasks.map((task) => [task.id, task.after]));
  const finished = new Set<string>();
  const visit = (id: string, trail: readonly string[]): readonly string[] | null => {
    const start = trail.indexOf(id);
    if (start >= 0) return [...trail.slice(start), id];
    if (finished.has(id)) return null;
    for (const before of afterOf.get(id) ?? []) {
      const cycle = visit(before, [...trail, id]);
      if (cycle !== null) return cycle;
    }
    finished.add(id);
    return null;
  };
  for (const task of tasks) {
    const cycle = visit(task.id, []);
    if (cycle !== null) return cycle;
  }
  return null;
}
