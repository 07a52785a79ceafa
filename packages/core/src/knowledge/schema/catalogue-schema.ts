import * as z from "zod";
import { isQuantity } from "../../shared/index.ts";
import type {
  Factor,
  Grade,
  GridIntensity,
  Indicator,
  Metric,
  PlanningSetting,
  PvYieldBand,
  Source,
  Statistic,
} from "../catalogue-types.ts";
import { idSchema, numberSchema, spanSchema, textSchema, unitSchema, verificationSchema } from "./common.ts";

export const gradeSchema: z.ZodType<Grade> = z.enum(["A", "B", "C", "D"]);
const year = z.number().int().min(1800).max(2100);

const source: z.ZodType<Source> = z.strictObject({
  id: idSchema("src"),
  title: textSchema,
  year: year.exactOptional(),
  table: textSchema.exactOptional(),
  url: z.url().exactOptional(),
  licence: textSchema.exactOptional(),
  ver: verificationSchema,
  note: textSchema.exactOptional(),
});

export const sourceFileSchema: z.ZodType<{ schema: string; sources: Source[] }> = z.strictObject({
  schema: z.literal("ecolocal-knowledge/sources@1"),
  sources: z.array(source).min(1),
});

const binding = z.strictObject({
  quantity: z.string().refine(isQuantity, "is no quantity EcoLocal knows"),
  exposure: z.enum(["indoor", "outdoor"]).exactOptional(),
  scale: z.number().positive().exactOptional(),
  placeWords: z
    .array(z.string().regex(/^[a-z ]+$/))
    .min(1)
    .exactOptional(),
});

const metric: z.ZodType<Metric> = z.strictObject({
  id: textSchema,
  name: textSchema,
  unit: unitSchema,
  kind: z.enum(["sensor", "meter", "sample", "survey", "map", "forecast", "log"]),
  context: z.enum(["in", "out"]).exactOptional(),
  plausible: z
    .tuple([numberSchema, numberSchema])
    .refine(([min, max]) => min < max, "must rise")
    .exactOptional(),
  aggregate: textSchema,
  default: numberSchema.exactOptional(),
  derivedFrom: z.array(textSchema).min(1).exactOptional(),
  bindings: z.array(binding).min(1).exactOptional(),
  note: textSchema.exactOptional(),
});

const statistic: z.ZodType<Statistic> = z.strictObject({ id: textSchema, text: textSchema });

export const metricFileSchema: z.ZodType<{ schema: string; metrics: Metric[]; statistics: Statistic[] }> =
  z.strictObject({
    schema: z.literal("ecolocal-knowledge/metrics@1"),
    metrics: z.array(metric).min(1),
    statistics: z.array(statistic).min(1),
  });

const factor: z.ZodType<Factor> = z
  .strictObject({
    id: z.string().regex(/^(fac|eq)\.[a-z0-9_]+$/, 'must be an id like "fac.name"'),
    name: textSchema,
    unit: unitSchema,
    lo: numberSchema,
    likely: numberSchema,
    hi: numberSchema,
    source: idSchema("src"),
    ver: verificationSchema,
    rangeVer: verificationSchema.exactOptional(),
    year: year.exactOptional(),
    row: textSchema.exactOptional(),
    caveat: textSchema.exactOptional(),
    resolver: z.enum(["grid_intensity", "pv_yield_by_latitude"]).exactOptional(),
  })
  .refine((f) => f.lo <= f.likely && f.likely <= f.hi, { path: ["likely"], error: "must lie between lo and hi" });

const pvBand: z.ZodType<PvYieldBand> = z
  .strictObject({ latFrom: numberSchema, latTo: numberSchema, span: spanSchema })
  .refine((band) => band.latFrom < band.latTo, { path: ["latTo"], error: "must lie north of latFrom" });

export const factorFileSchema: z.ZodType<{
  schema: string;
  factors: Factor[];
  pvYield: { ver: z.infer<typeof verificationSchema>; bands: PvYieldBand[] };
}> = z.strictObject({
  schema: z.literal("ecolocal-knowledge/factors@1"),
  factors: z.array(factor).min(1),
  pvYield: z.strictObject({ ver: verificationSchema, bands: z.array(pvBand).min(1) }),
});

const area: z.ZodType<GridIntensity> = z.strictObject({
  code: textSchema,
  name: textSchema,
  gPerKwh: z.number().positive(),
  year,
});

export interface GridFile {
  readonly schema: string;
  readonly source: string;
  readonly ver: z.infer<typeof verificationSchema>;
  readonly lowMult: number;
  readonly highMult: number;
  readonly fallback: string;
  readonly areas: readonly GridIntensity[];
}

export const gridFileSchema: z.ZodType<GridFile> = z.strictObject({
  schema: z.literal("ecolocal-knowledge/grid@1"),
  source: idSchema("src"),
  ver: verificationSchema,
  lowMult: z.number().positive().max(1),
  highMult: z.number().min(1),
  fallback: textSchema,
  areas: z.array(area).min(1),
});

/** A concept of the skills thesaurus as authored; synonyms serve matching. */
export interface ThesaurusEntry {
  readonly id: string;
  readonly label: string;
  readonly broader?: string;
  readonly related?: readonly string[];
  readonly regulated?: boolean;
  readonly synonyms: readonly string[];
}

const concept = (prefix: string): z.ZodType<ThesaurusEntry> =>
  z.strictObject({
    id: idSchema(prefix),
    label: textSchema,
    broader: idSchema(prefix).exactOptional(),
    related: z.array(idSchema(prefix)).exactOptional(),
    regulated: z.boolean().exactOptional(),
    synonyms: z.array(textSchema),
  });

export const skillFileSchema: z.ZodType<{ schema: string; skills: ThesaurusEntry[]; resources: ThesaurusEntry[] }> =
  z.strictObject({
    schema: z.literal("ecolocal-knowledge/skills@1"),
    skills: z.array(concept("skill")).min(1),
    resources: z.array(concept("res")).min(1),
  });

const indicator: z.ZodType<Indicator & { formula: string }> = z.strictObject({
  id: idSchema("ind"),
  name: textSchema,
  unit: unitSchema,
  direction: z.enum(["up", "down"]),
  grade: gradeSchema,
  core: z.boolean(),
  sdg: z.array(z.string().regex(/^\d{1,2}\.[0-9a-z]{1,2}$/, "is no SDG target id")).min(1),
  definition: textSchema,
  formula: textSchema,
});

export const indicatorFileSchema: z.ZodType<{ schema: string; indicators: (Indicator & { formula: string })[] }> =
  z.strictObject({
    schema: z.literal("ecolocal-knowledge/indicators@1"),
    indicators: z.array(indicator).min(1),
  });

const setting: z.ZodType<PlanningSetting> = z.strictObject({
  id: textSchema,
  lo: numberSchema.exactOptional(),
  value: numberSchema,
  hi: numberSchema.exactOptional(),
  unit: unitSchema,
  ver: verificationSchema,
  note: textSchema.exactOptional(),
});

export const planningFileSchema: z.ZodType<{ schema: string; settings: PlanningSetting[] }> = z.strictObject({
  schema: z.literal("ecolocal-knowledge/planning@1"),
  settings: z.array(setting).min(1),
});
