import type * as z from "zod";
import { type BandSetFile, bandSetFileSchema, type GuidelineFile, guidelineFileSchema } from "./band-schema.ts";
import {
  factorFileSchema,
  type GridFile,
  gridFileSchema,
  indicatorFileSchema,
  metricFileSchema,
  planningFileSchema,
  skillFileSchema,
  sourceFileSchema,
} from "./catalogue-schema.ts";
import { type ProjectFile, projectFileSchema } from "./project-schema.ts";

/** Every knowledge file, parsed and of the right shape. */
export interface KnowledgeFiles {
  readonly bandSets: BandSetFile;
  readonly guidelines: GuidelineFile;
  readonly sources: z.infer<typeof sourceFileSchema>;
  readonly metrics: z.infer<typeof metricFileSchema>;
  readonly factors: z.infer<typeof factorFileSchema>;
  readonly grid: GridFile;
  readonly skills: z.infer<typeof skillFileSchema>;
  readonly indicators: z.infer<typeof indicatorFileSchema>;
  readonly planning: z.infer<typeof planningFileSchema>;
  readonly projects: readonly { readonly file: string; readonly content: ProjectFile }[];
}

/** Which schema each fixed file must satisfy, and where it lands in `KnowledgeFiles`. */
export const FILE_SCHEMAS: Readonly<
  Record<string, { readonly key: Exclude<keyof KnowledgeFiles, "projects">; readonly schema: z.ZodType }>
> = {
  "band-sets.yaml": { key: "bandSets", schema: bandSetFileSchema },
  "guidelines.yaml": { key: "guidelines", schema: guidelineFileSchema },
  "sources.yaml": { key: "sources", schema: sourceFileSchema },
  "metrics.yaml": { key: "metrics", schema: metricFileSchema },
  "factors.yaml": { key: "factors", schema: factorFileSchema },
  "grid-intensity.yaml": { key: "grid", schema: gridFileSchema },
  "skills.yaml": { key: "skills", schema: skillFileSchema },
  "indicators.yaml": { key: "indicators", schema: indicatorFileSchema },
  "planning.yaml": { key: "planning", schema: planningFileSchema },
};

export const PROJECT_FILE_SCHEMA: z.ZodType<ProjectFile> = projectFileSchema;
