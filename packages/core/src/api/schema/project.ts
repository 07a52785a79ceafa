import * as z from "zod";
import { daySchema, instantSchema, spanSchema, textSchema, ulidSchema } from "./common.ts";

export const taskStatusSchema = z.enum(["todo", "doing", "waiting", "done"]);
export const projectStatusSchema = z.enum(["planned", "active", "paused", "done", "cancelled"]);

export const taskSchema = z.strictObject({
  id: ulidSchema,
  name: z.string(),
  status: taskStatusSchema,
  /** Fractional order; sort by (order, id). */
  order: z.string(),
  /** Three-point duration in days. */
  durationDays: spanSchema,
  /** Volunteer hours. */
  hours: z.number(),
  dependsOn: z.array(ulidSchema),
  skills: z.array(z.string()),
  notes: textSchema,
  /** Expected by the deterministic schedule (PERT means, earliest start). */
  startOn: daySchema.nullable(),
  endOn: daySchema.nullable(),
  blocked: z.boolean(),
});

export const projectSummarySchema = z.strictObject({
  id: ulidSchema,
  title: z.string(),
  status: projectStatusSchema,
  recommendationId: z.string().nullable(),
  createdAt: instantSchema,
  tasksDone: z.number().int(),
  tasksTotal: z.number().int(),
  nextTask: z.string().nullable(),
  expectedEndOn: daySchema.nullable(),
});

export const projectSchema = projectSummarySchema.extend({
  summary: textSchema,
  units: z.number(),
  unitName: z.string(),
  tasks: z.array(taskSchema),
  budget: z.array(z.strictObject({ id: z.string(), name: z.string(), cost: spanSchema, currency: z.string() })),
  materials: z.array(z.strictObject({ id: z.string(), name: z.string(), quantity: z.number(), unit: z.string() })),
  risks: z.array(
    z.strictObject({
      id: z.string(),
      risk: z.string(),
      likelihood: z.string(),
      severity: z.string(),
      response: z.string(),
    }),
  ),
  why: textSchema,
  catalogueVersion: z.string().nullable(),
});
