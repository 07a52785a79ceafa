import * as z from "zod";
import type {
  ImpactFormula,
  ImpactVariable,
  ProjectType,
  RiskTemplate,
  TaskTemplate,
  Trigger,
  TriggerCondition,
} from "../catalogue-types.ts";
import { gradeSchema } from "./catalogue-schema.ts";
import {
  idSchema,
  monthsSchema,
  numberSchema,
  spanSchema,
  textSchema,
  unitSchema,
  verificationSchema,
} from "./common.ts";

const condition: z.ZodType<TriggerCondition> = z
  .strictObject({
    metric: textSchema,
    stat: textSchema,
    op: z.enum([">", ">=", "<", "<=", "==", "!="]),
    value: numberSchema,
    unit: unitSchema,
    days: z.number().int().min(1),
    in: z.number().int().min(1),
  })
  .refine((c) => c.days <= c.in, { path: ["days"], error: "must not exceed the window `in`" });

const trigger: z.ZodType<Trigger> = z.strictObject({
  all: z.array(condition).min(1),
  season: monthsSchema.exactOptional(),
  weight: z.number().min(0).max(1),
  source: idSchema("src").exactOptional(),
  ver: verificationSchema,
  say: textSchema,
});

const variable: z.ZodType<ImpactVariable> = z.union(
  [
    z.strictObject({ factor: textSchema }),
    z.strictObject({
      span: spanSchema,
      unit: unitSchema,
      ver: verificationSchema,
      source: idSchema("src").exactOptional(),
    }),
  ],
  "must be {factor} or {span [low, likely, high in order], unit, ver}",
);

const impact: z.ZodType<ImpactFormula> = z.strictObject({
  indicator: idSchema("ind"),
  counts: z.boolean(),
  unit: unitSchema,
  formula: textSchema,
  vars: z.record(z.string().regex(/^[A-Za-z_]\w*$/, "is no variable name"), variable),
  grade: gradeSchema,
  claim: textSchema.exactOptional(),
});

const task: z.ZodType<TaskTemplate> = z.strictObject({
  id: textSchema,
  name: textSchema,
  phase: z.enum(["prepare", "act", "check"]),
  days: spanSchema,
  hours: z.number().min(0),
  hoursPerUnit: z.number().min(0),
  after: z.array(textSchema),
  skills: z.array(idSchema("skill")),
});

const degree = z.enum(["low", "medium", "high"]);
const risk: z.ZodType<RiskTemplate> = z.strictObject({
  risk: textSchema,
  likelihood: degree,
  severity: degree,
  response: textSchema,
});

const project: z.ZodType<Omit<ProjectType, "category">> = z.strictObject({
  id: z.string().regex(/^[a-z]+\.[a-z0-9-]+$/, 'must be an id like "air.school-street"'),
  title: textSchema,
  summary: textSchema,
  unit: z.strictObject({ id: textSchema, name: textSchema }),
  defaultUnits: z.number().int().min(1),
  workMonths: monthsSchema,
  triggers: z.array(trigger).min(1),
  impact: z.array(impact).min(1),
  cost: z.strictObject({
    fixed: spanSchema,
    perUnit: spanSchema,
    source: idSchema("src").exactOptional(),
    ver: verificationSchema,
  }),
  upkeepHoursPerMonth: z.number().min(0),
  hoursSpread: z.tuple([numberSchema, numberSchema]).refine(([lo, hi]) => lo <= 1 && hi >= 1, "must enclose 1"),
  materials: z.array(
    z.strictObject({
      resource: idSchema("res"),
      quantityPerUnit: z.number().min(0),
      unit: unitSchema,
      eur: spanSchema,
    }),
  ),
  tasks: z.array(task).min(1),
  risks: z.array(risk),
  prerequisites: z.array(textSchema),
  permits: z.array(textSchema),
  sdg: z.array(z.string().regex(/^\d{1,2}\.[0-9a-z]{1,2}$/, "is no SDG target id")),
});

export interface ProjectFile {
  readonly schema: string;
  readonly category: string;
  readonly projects: readonly Omit<ProjectType, "category">[];
}

export const projectFileSchema: z.ZodType<ProjectFile> = z.strictObject({
  schema: z.literal("ecolocal-knowledge/projects@1"),
  category: textSchema,
  projects: z.array(project).min(1),
});
