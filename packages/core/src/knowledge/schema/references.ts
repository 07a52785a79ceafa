import type { ImpactFormula, ProjectType, Trigger } from "../catalogue-types.ts";
import { formulaNames, parseFormula } from "../formula/index.ts";
import type { KnowledgeFiles } from "./knowledge-files.ts";
import type { KnowledgeProblem } from "./problem.ts";
import { findCycle } from "./task-cycle.ts";

/** The ids that entries may refer to. */
interface KnownIds {
  readonly source: ReadonlySet<string>;
  readonly metric: ReadonlySet<string>;
  readonly stat: ReadonlySet<string>;
  readonly factor: ReadonlySet<string>;
  readonly skill: ReadonlySet<string>;
  readonly resource: ReadonlySet<string>;
  readonly indicator: ReadonlySet<string>;
}

const idsOf = (entries: readonly { readonly id: string }[]) => new Set(entries.map((entry) => entry.id));

/** Checks what one file alone cannot: ids that refer elsewhere, duplicates, task cycles and formulas. */
export function checkReferences(files: KnowledgeFiles): KnowledgeProblem[] {
  const known: KnownIds = {
    source: idsOf(files.sources.sources),
    metric: idsOf(files.metrics.metrics),
    stat: idsOf(files.metrics.statistics),
    factor: idsOf(files.factors.factors),
    skill: idsOf(files.skills.skills),
    resource: idsOf(files.skills.resources),
    indicator: idsOf(files.indicators.indicators),
  };
  return [
    ...checkDuplicates(files),
    ...checkLeaves(files, known),
    ...files.projects.flatMap(({ file, content }) => content.projects.flatMap((p) => checkProject(file, p, known))),
  ];
}

function checkDuplicates(files: KnowledgeFiles): KnowledgeProblem[] {
  const lists: readonly (readonly [string, readonly { readonly id: string }[]])[] = [
    ["band-sets.yaml", files.bandSets.sets],
    ["guidelines.yaml", files.guidelines.guidelines],
    ["sources.yaml", files.sources.sources],
    ["metrics.yaml", files.metrics.metrics],
    ["metrics.yaml", files.metrics.statistics],
    ["factors.yaml", files.factors.factors],
    ["skills.yaml", [...files.skills.skills, ...files.skills.resources]],
    ["indicators.yaml", files.indicators.indicators],
    ["projects", files.projects.flatMap(({ content }) => content.projects)],
  ];
  return lists.flatMap(([file, entries]) => {
    const seen = new Set<string>();
    return entries.flatMap(({ id }) => {
      const repeated = seen.has(id);
      seen.add(id);
      return repeated ? [{ file, id, field: "id", message: "is used twice" }] : [];
    });
  });
}

function unknownId(file: string, id: string, field: string, kind: string, value: string): KnowledgeProblem {
  return { file, id, field, message: `names the unknown ${kind} "${value}"` };
}

/** One reference of one entry: where it stands and what it must name. */
interface Reference {
  readonly file: string;
  readonly id: string;
  readonly field: string;
  readonly kind: keyof KnownIds;
  readonly value: string;
}

function checkLeaves(files: KnowledgeFiles, known: KnownIds): KnowledgeProblem[] {
  const problems = leafReferences(files)
    .filter((reference) => !known[reference.kind].has(reference.value))
    .map((r) => unknownId(r.file, r.id, r.field, r.kind, r.value));
  if (files.grid.areas.some((area) => area.code === files.grid.fallback)) return problems;
  return [...problems, unknownId("grid-intensity.yaml", "-", "fallback", "area", files.grid.fallback)];
}

function leafReferences(files: KnowledgeFiles): readonly Reference[] {
  const sourcesOf = (file: string, entries: readonly { readonly id: string; readonly sources: readonly string[] }[]) =>
    entries.flatMap(({ id, sources }) =>
      sources.map((value): Reference => ({ file, id, field: "sources", kind: "source", value })),
    );
  return [
    ...sourcesOf("band-sets.yaml", files.bandSets.sets),
    ...sourcesOf("guidelines.yaml", files.guidelines.guidelines),
    ...files.factors.factors.map(
      (f): Reference => ({ file: "factors.yaml", id: f.id, field: "source", kind: "source", value: f.source }),
    ),
    { file: "grid-intensity.yaml", id: "-", field: "source", kind: "source", value: files.grid.source },
    ...files.metrics.metrics.flatMap((m) =>
      (m.derivedFrom ?? []).map(
        (value): Reference => ({ file: "metrics.yaml", id: m.id, field: "derivedFrom", kind: "metric", value }),
      ),
    ),
    ...thesaurusReferences("skill", files.skills.skills),
    ...thesaurusReferences("resource", files.skills.resources),
  ];
}

function thesaurusReferences(
  kind: "skill" | "resource",
  entries: KnowledgeFiles["skills"]["skills"],
): readonly Reference[] {
  return entries.flatMap(({ id, broader, related = [] }) => [
    ...(broader === undefined ? [] : [{ file: "skills.yaml", id, field: "broader", kind, value: broader }]),
    ...related.map((value) => ({ file: "skills.yaml", id, field: "related", kind, value })),
  ]);
}

type ProjectBody = Omit<ProjectType, "category">;

function checkProject(file: string, project: ProjectBody, known: KnownIds): KnowledgeProblem[] {
  const unknown = (field: string, kind: keyof KnownIds, value: string | undefined) =>
    value === undefined || known[kind].has(value) ? [] : [unknownId(file, project.id, field, kind, value)];
  const materials = project.materials.flatMap((m, i) => unknown(`materials[${i}].resource`, "resource", m.resource));
  return [
    ...project.triggers.flatMap((trigger, i) => checkTrigger(`triggers[${i}]`, trigger, unknown)),
    ...project.impact.flatMap((impact, i) => checkImpact(file, project.id, `impact[${i}]`, impact, unknown)),
    ...unknown("cost.source", "source", project.cost.source),
    ...materials,
    ...checkTasks(file, project, unknown),
  ];
}

type UnknownCheck = (field: string, kind: keyof KnownIds, value: string | undefined) => KnowledgeProblem[];

function checkTrigger(field: string, trigger: Trigger, unknown: UnknownCheck): KnowledgeProblem[] {
  const conditions = trigger.all.flatMap((condition, i) => [
    ...unknown(`${field}.all[${i}].metric`, "metric", condition.metric),
    ...unknown(`${field}.all[${i}].stat`, "stat", condition.stat),
  ]);
  return [...conditions, ...unknown(`${field}.source`, "source", trigger.source)];
}

function checkImpact(
  file: string,
  id: string,
  field: string,
  impact: ImpactFormula,
  unknown: UnknownCheck,
): KnowledgeProblem[] {
  const problems = unknown(`${field}.indicator`, "indicator", impact.indicator);
  for (const [name, variable] of Object.entries(impact.vars)) {
    if ("factor" in variable) problems.push(...unknown(`${field}.vars.${name}`, "factor", variable.factor));
    else problems.push(...unknown(`${field}.vars.${name}.source`, "source", variable.source));
  }
  const parsed = parseFormula(impact.formula);
  if (!parsed.ok) return [...problems, { file, id, field: `${field}.formula`, message: parsed.error.detail }];
  const used = formulaNames(parsed.value);
  const given = new Set([...Object.keys(impact.vars), "N"]);
  for (const name of used.filter((candidate) => !given.has(candidate))) {
    problems.push({ file, id, field: `${field}.formula`, message: `uses the undefined variable "${name}"` });
  }
  for (const name of Object.keys(impact.vars).filter((candidate) => !used.includes(candidate))) {
    problems.push({ file, id, field: `${field}.vars.${name}`, message: "is not used by the formula" });
  }
  return problems;
}

function checkTasks(file: string, project: ProjectBody, unknown: UnknownCheck): KnowledgeProblem[] {
  const ids = new Set(project.tasks.map((task) => task.id));
  const problems: KnowledgeProblem[] = [];
  if (ids.size < project.tasks.length)
    problems.push({ file, id: project.id, field: "tasks", message: "has a task id twice" });
  for (const [i, task] of project.tasks.entries()) {
    for (const before of task.after.filter((candidate) => !ids.has(candidate))) {
      problems.push(unknownId(file, project.id, `tasks[${i}].after`, "task", before));
    }
    for (const skill of task.skills) problems.push(...unknown(`tasks[${i}].skills`, "skill", skill));
  }
  const cycle = findCycle(project.tasks);
  if (cycle !== null) {
    problems.push({ file, id: project.id, field: "tasks", message: `waits for itself: ${cycle.join(" → ")}` });
  }
  return problems;
}
