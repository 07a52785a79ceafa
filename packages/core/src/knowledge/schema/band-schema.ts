import * as z from "zod";
import type { BandRules, BandSet, BathingWaterSet, Guideline, SoilWaterTable } from "../bands/band-set.ts";
import { idSchema, numberSchema, textSchema, unitSchema, verificationSchema } from "./common.ts";

const level = z.strictObject({
  id: textSchema,
  label: textSchema,
  tone: z.enum(["good", "fair", "warn", "bad", "severe"]),
  color: z
    .string()
    .regex(/^#[0-9A-F]{6}$/)
    .exactOptional(),
  advice: textSchema.exactOptional(),
  indexLo: numberSchema.exactOptional(),
  indexHi: numberSchema.nullable().exactOptional(),
});

const base = {
  id: textSchema,
  title: textSchema,
  version: textSchema,
  effectiveOn: z.iso.date().exactOptional(),
  supersededBy: textSchema.exactOptional(),
  sources: z.array(idSchema("src")),
  ver: verificationSchema,
  note: textSchema.exactOptional(),
  levels: z.array(level).min(2),
};

const upTo = z
  .array(numberSchema.nullable())
  .refine(isAscending, "bands must rise strictly; only the last one may be open (null)");

const scale = z
  .strictObject({
    ...base,
    kind: z.literal("scale"),
    quantity: z.string().nullable(),
    derived: textSchema.exactOptional(),
    exposure: z.enum(["indoor", "outdoor"]).exactOptional(),
    reference: z.literal("outdoor").exactOptional(),
    statistic: textSchema,
    unit: unitSchema,
    upTo,
  })
  .refine((set) => set.upTo.length === set.levels.length, { path: ["upTo"], error: "needs one entry per level" });

const pollutants = z
  .strictObject({
    ...base,
    kind: z.literal("pollutants"),
    rounding: z.enum(["none", "half-up"]),
    levelOfStep: z.array(z.number().int().min(0)).min(2),
    pollutants: z
      .array(
        z.strictObject({
          id: textSchema,
          pollutant: textSchema,
          statistic: textSchema,
          unit: unitSchema,
          ver: verificationSchema.exactOptional(),
          upTo,
        }),
      )
      .min(1),
  })
  .refine((set) => set.pollutants.every((p) => p.upTo.length === set.levelOfStep.length), {
    path: ["levelOfStep"],
    error: "needs one entry per band of every pollutant",
  })
  .refine((set) => set.levelOfStep.every((step) => step < set.levels.length), {
    path: ["levelOfStep"],
    error: "names a level that does not exist",
  });

const row = z.tuple([numberSchema, numberSchema, numberSchema, numberSchema]);

const breakpoints = z.strictObject({
  ...base,
  kind: z.literal("breakpoints"),
  pollutants: z
    .array(
      z.strictObject({
        id: textSchema,
        pollutant: textSchema,
        alias: textSchema.exactOptional(),
        statistic: textSchema,
        unit: unitSchema,
        decimals: z.number().int().min(0).max(6),
        ver: verificationSchema.exactOptional(),
        endsAt: numberSchema.exactOptional(),
        rows: z.array(row).min(1).refine(areRowsAscending, "rows must rise in concentration and index without overlap"),
      }),
    )
    .min(1),
});

const setting = z.strictObject({ value: numberSchema, ver: verificationSchema, note: textSchema.exactOptional() });

export interface BandSetFile {
  readonly schema: string;
  readonly rules: BandRules;
  readonly sets: readonly BandSet[];
}

export const bandSetFileSchema: z.ZodType<BandSetFile> = z.strictObject({
  schema: z.literal("ecolocal-knowledge/band-sets@1"),
  rules: z.strictObject({
    minCoverage: setting,
    ugM3PerPpb: z.strictObject({
      no2: numberSchema,
      o3: numberSchema,
      so2: numberSchema,
      co: numberSchema,
      ver: verificationSchema,
    }),
    co2OutdoorPpm: setting,
  }),
  sets: z.array(z.discriminatedUnion("kind", [scale, pollutants, breakpoints])).min(1),
});

const guideline: z.ZodType<Guideline> = z.strictObject({
  id: textSchema,
  title: textSchema,
  version: textSchema,
  sources: z.array(idSchema("src")),
  ver: verificationSchema,
  note: textSchema.exactOptional(),
  limits: z
    .array(
      z.strictObject({
        key: textSchema,
        pollutant: textSchema,
        statistic: textSchema,
        unit: unitSchema,
        value: numberSchema,
        above: z.boolean(),
        interim: z.array(numberSchema).exactOptional(),
        ver: verificationSchema.exactOptional(),
        note: textSchema.exactOptional(),
      }),
    )
    .min(1),
});

const bathingLimits = z.strictObject({
  excellentP95: numberSchema,
  goodP95: numberSchema,
  sufficientP90: numberSchema,
});
const bathingByOrganism = z.strictObject({ enterococci: bathingLimits, ecoli: bathingLimits });
const pair = z.tuple([numberSchema, numberSchema]).refine(([lo, hi]) => lo <= hi, "must be ordered low ≤ high");
const setHead = {
  id: textSchema,
  title: textSchema,
  version: textSchema,
  sources: z.array(idSchema("src")),
  ver: verificationSchema,
  unit: unitSchema,
  note: textSchema.exactOptional(),
};

export interface GuidelineFile {
  readonly schema: string;
  readonly guidelines: readonly Guideline[];
  readonly bathingWater: BathingWaterSet;
  readonly soilWater: SoilWaterTable;
}

export const guidelineFileSchema: z.ZodType<GuidelineFile> = z.strictObject({
  schema: z.literal("ecolocal-knowledge/guidelines@1"),
  guidelines: z.array(guideline).min(1),
  bathingWater: z.strictObject({
    ...setHead,
    minSamples: z.strictObject({ value: z.number().int(), ver: verificationSchema }),
    limits: z.strictObject({ inland: bathingByOrganism, coastal: bathingByOrganism }),
  }),
  soilWater: z.strictObject({
    ...setHead,
    textures: z.record(z.string(), z.strictObject({ fieldCapacity: pair, wiltingPoint: pair })),
  }),
});

function isAscending(bounds: readonly (number | null)[]): boolean {
  return bounds.every((bound, i) => {
    if (bound === null) return i === bounds.length - 1;
    const before = bounds[i - 1];
    return before === undefined || (before !== null && bound > before);
  });
}

function areRowsAscending(rows: readonly (readonly [number, number, number, number])[]): boolean {
  return rows.every(([lo, hi, indexLo, indexHi], i) => {
    const before = rows[i - 1];
    const risesInside = hi > lo && indexHi > indexLo;
    return risesInside && (before === undefined || (lo > before[1] && indexLo > before[3]));
  });
}
