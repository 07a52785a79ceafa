import * as z from "zod";
import type { Verification } from "../words/index.ts";

export const verificationSchema: z.ZodType<Verification> = z.enum(["V", "S", "D", "U", "A"]);
export const textSchema: z.ZodType<string> = z.string().min(1, "is empty");
export const unitSchema: z.ZodType<string> = z.string("has no unit").min(1, "has no unit");
export const numberSchema: z.ZodType<number> = z.number().finite();
export const monthsSchema: z.ZodType<number[]> = z.array(z.number().int().min(1).max(12)).min(1);
/** A span `[low, likely, high]` in ascending order. */
export const spanSchema: z.ZodType<[number, number, number]> = z
  .tuple([numberSchema, numberSchema, numberSchema])
  .refine(([lo, likely, hi]) => lo <= likely && likely <= hi, "must be ordered low ≤ likely ≤ high");

/** Builds an id schema for ids that begin with `prefix.`. */
export function idSchema(prefix: string): z.ZodType<string> {
  return z.string().regex(new RegExp(`^${prefix}\\.[A-Za-z0-9-_]+$`), `must be an id like "${prefix}.name"`);
}
