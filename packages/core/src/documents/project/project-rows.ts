import type * as Y from "yjs";
import type * as z from "zod";
import { isUlid } from "../../shared/index.ts";
import { compareOrder } from "../fractional-order.ts";
import { plainValue } from "../plain-value.ts";
import type { DirtyProjectItems } from "./dirty-items.ts";
import { PROJECT_ITEM_GROUPS, type ProjectItemGroup, projectFields, projectItems } from "./project-roots.ts";
import {
  budgetLineSchema,
  materialSchema,
  type ProjectBudgetLine,
  type ProjectFields,
  type ProjectMaterial,
  type ProjectPhase,
  type ProjectRisk,
  type ProjectTask,
  phaseSchema,
  projectFieldsSchema,
  riskSchema,
  taskSchema,
} from "./project-schema.ts";

/** An item that cannot be shown, and why; the document keeps it as it is. */
export interface ProjectionProblem {
  readonly group: ProjectItemGroup | "project";
  readonly itemId: string;
  readonly problem: string;
}

interface ItemTypes {
  readonly phases: ProjectPhase;
  readonly tasks: ProjectTask;
  readonly budgetLines: ProjectBudgetLine;
  readonly materials: ProjectMaterial;
  readonly risks: ProjectRisk;
}

/** What a project document says, validated; deleted items are included with their `deletedAt`. */
export type ProjectRows = {
  readonly [Group in ProjectItemGroup]: readonly ItemTypes[Group][];
} & {
  /** Null when the project's own fields cannot be read, or were not asked for. */
  readonly project: ProjectFields | null;
  readonly problems: readonly ProjectionProblem[];
};

const SCHEMAS: { readonly [Group in ProjectItemGroup]: z.ZodType<ItemTypes[Group]> } = {
  phases: phaseSchema,
  tasks: taskSchema,
  budgetLines: budgetLineSchema,
  materials: materialSchema,
  risks: riskSchema,
};

/**
 * Reads a project document into rows, without ever throwing on its content: what does not fit becomes a problem.
 * The same document always gives the same rows, whatever order its changes arrived in.
 *
 * With `only`, just the named items are read; ids without a row and without a problem are gone.
 */
export function projectRows(doc: Y.Doc, only?: DirtyProjectItems): ProjectRows {
  const problems: ProjectionProblem[] = [];
  const rows = Object.fromEntries(
    PROJECT_ITEM_GROUPS.map((group) => [group, readGroup(doc, group, only?.[group], problems)]),
  ) as unknown as { readonly [Group in ProjectItemGroup]: readonly ItemTypes[Group][] };
  const project = only === undefined || only.project ? readFields(doc, problems) : null;
  return { ...rows, project, problems };
}

function readFields(doc: Y.Doc, problems: ProjectionProblem[]): ProjectFields | null {
  const fields = projectFields(doc);
  if (fields.size === 0) return null;
  return validate("project", "", fields, projectFieldsSchema, problems);
}

function readGroup(
  doc: Y.Doc,
  group: ProjectItemGroup,
  only: ReadonlySet<string> | undefined,
  problems: ProjectionProblem[],
): unknown[] {
  const items = projectItems(doc, group);
  const schema: z.ZodType<{ readonly id: string; readonly order: string }> = SCHEMAS[group];
  const found: { readonly id: string; readonly order: string }[] = [];
  for (const id of only ?? items.keys()) {
    if (!items.has(id)) continue;
    const row = isUlid(id) ? validate(group, id, items.get(id), schema, problems) : null;
    if (row !== null) found.push(row);
    else if (!isUlid(id)) problems.push({ group, itemId: id, problem: "its key is not an id" });
  }
  return found.sort(compareOrder);
}

function validate<Row>(
  group: ProjectionProblem["group"],
  itemId: string,
  source: unknown,
  schema: z.ZodType<Row>,
  problems: ProjectionProblem[],
): Row | null {
  const plain = plainValue(source);
  if (typeof plain !== "object" || plain === null || Array.isArray(plain)) {
    problems.push({
      group,
      itemId,
      problem: plain === undefined ? "nested too deep or too large" : "not a set of fields",
    });
    return null;
  }
  // The key is the identity; a field of that name inside the item has no say.
  plain["id"] = itemId;
  const parsed = schema.safeParse(plain);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  problems.push({
    group,
    itemId,
    problem: `${issue?.path.join(".") ?? ""}: ${issue?.message ?? "unreadable"}`.slice(0, 300),
  });
  return null;
}
