import * as z from "zod";
import { type Instant, isUlid, type Ulid } from "../../shared/index.ts";

// What peers wrote is clipped where it is only long, and refused where it means nothing.
const text = (max: number) => z.string().transform((value) => value.slice(0, max));
const name = text(300).refine((value) => value.trim() !== "", "must not be empty");
const note = text(10_000).default("");
const code = text(120).default("");
const order = z
  .string()
  .min(1)
  .max(1000)
  .regex(/^[0-9A-Za-z]+$/, "not an order key");
const instant = z.number().int().min(0).max(8.64e15);
const deletedAt = instant.nullable().default(null);
const id = z.string().refine(isUlid, "not an id");
const amount = z.number().min(-1e15).max(1e15);
const span = z.object({ lo: amount, likely: amount, hi: amount });
const grade = z.enum(["low", "medium", "high"]);

export const PROJECT_STATUSES = ["planned", "active", "paused", "done", "cancelled"] as const;
export const TASK_STATUSES = ["todo", "doing", "waiting", "done"] as const;
export type ProjectStatus = (typeof PROJECT_STATUSES)[number];
export type TaskStatus = (typeof TASK_STATUSES)[number];

/** Low, likely and high figure of one unit. */
export interface DocumentSpan {
  readonly lo: number;
  readonly likely: number;
  readonly hi: number;
}

export interface ProjectFields {
  readonly title: string;
  readonly summary: string;
  readonly status: ProjectStatus;
  readonly category: string;
  readonly projectTypeId: string | null;
  readonly recommendationId: string | null;
  readonly catalogueVersion: string | null;
  readonly units: number;
  readonly unitName: string;
  /** Why it was started, in one sentence. */
  readonly why: string;
  /** Hours per month that the result needs afterwards. */
  readonly upkeepHoursPerMonth: number;
  readonly prerequisites: readonly string[];
  readonly permits: readonly string[];
  /** The evidence, impact and band-set versions at the moment of acceptance, as plain data; null without them. */
  readonly origin: unknown;
  readonly createdAt: Instant;
  readonly deletedAt: Instant | null;
}

export interface ProjectPhase {
  readonly id: Ulid;
  readonly name: string;
  readonly order: string;
  readonly deletedAt: Instant | null;
}

export interface ProjectTask {
  readonly id: Ulid;
  readonly name: string;
  readonly status: TaskStatus;
  readonly order: string;
  readonly phaseId: Ulid | null;
  /** Elapsed days. */
  readonly durationDays: DocumentSpan;
  /** Volunteer hours. */
  readonly hours: number;
  /** Tasks that must be finished first, sorted; they may be gone by now. */
  readonly dependsOn: readonly Ulid[];
  readonly skills: readonly { readonly id: string; readonly label: string; readonly regulated: boolean }[];
  readonly assignee: string | null;
  readonly notes: string;
  readonly createdAt: Instant;
  readonly deletedAt: Instant | null;
}

export interface ProjectBudgetLine {
  readonly id: Ulid;
  readonly name: string;
  readonly cost: DocumentSpan;
  /** ISO 4217 code. */
  readonly currency: string;
  readonly order: string;
  readonly deletedAt: Instant | null;
}

export interface ProjectMaterial {
  readonly id: Ulid;
  readonly resourceId: string;
  readonly name: string;
  readonly quantity: number;
  readonly unit: string;
  readonly cost: DocumentSpan | null;
  readonly order: string;
  readonly deletedAt: Instant | null;
}

export interface ProjectRisk {
  readonly id: Ulid;
  readonly risk: string;
  readonly likelihood: "low" | "medium" | "high";
  readonly severity: "low" | "medium" | "high";
  readonly response: string;
  readonly order: string;
  readonly deletedAt: Instant | null;
}

export const projectFieldsSchema: z.ZodType<ProjectFields> = z.object({
  title: name,
  summary: note,
  status: z.enum(PROJECT_STATUSES),
  category: code,
  projectTypeId: text(120).nullable().default(null),
  recommendationId: text(120).nullable().default(null),
  catalogueVersion: text(120).nullable().default(null),
  units: z.number().min(0).max(1e9).default(1),
  unitName: code,
  why: note,
  upkeepHoursPerMonth: z.number().min(0).max(1e6).default(0),
  prerequisites: z.array(text(1000)).max(200).default([]),
  permits: z.array(text(1000)).max(200).default([]),
  origin: z.unknown().transform((value) => value ?? null),
  createdAt: instant,
  deletedAt,
});

// Dependencies are a set kept as a map of ids, so that two people can add one each at the same time.
const dependencySet = z
  .custom<Record<string, unknown>>((value) => typeof value === "object" && value !== null && !Array.isArray(value))
  .transform((set) => Object.keys(set).filter(isUlid).sort())
  .default([]);

export const phaseSchema: z.ZodType<ProjectPhase> = z.object({ id, name, order, deletedAt });

export const taskSchema: z.ZodType<ProjectTask> = z.object({
  id,
  name,
  status: z.enum(TASK_STATUSES),
  order,
  phaseId: id.nullable().default(null),
  durationDays: span,
  hours: z.number().min(0).max(1e6),
  dependsOn: dependencySet,
  skills: z
    .array(z.object({ id: code, label: code, regulated: z.boolean().default(false) }))
    .max(100)
    .default([]),
  assignee: text(120).nullable().default(null),
  notes: note,
  createdAt: instant,
  deletedAt,
});

export const budgetLineSchema: z.ZodType<ProjectBudgetLine> = z.object({
  id,
  name,
  cost: span,
  currency: z.string().regex(/^[A-Z]{3}$/, "not a currency code"),
  order,
  deletedAt,
});

export const materialSchema: z.ZodType<ProjectMaterial> = z.object({
  id,
  resourceId: code,
  name,
  quantity: amount,
  unit: code,
  cost: span.nullable().default(null),
  order,
  deletedAt,
});

export const riskSchema: z.ZodType<ProjectRisk> = z.object({
  id,
  risk: name,
  likelihood: grade,
  severity: grade,
  response: note,
  order,
  deletedAt,
});
