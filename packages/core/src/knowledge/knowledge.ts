import { BAND_SETS, type BandSet } from "./bands/index.ts";
import { FACTORS, PLACE_FACTORS } from "./catalogue/factors.generated.ts";
import { INDICATORS } from "./catalogue/indicators.generated.ts";
import { METRICS, STATISTICS } from "./catalogue/metrics.generated.ts";
import { PLANNING_SETTINGS } from "./catalogue/planning.generated.ts";
import { CATALOGUE_VERSION, PROJECT_TYPES } from "./catalogue/projects.generated.ts";
import { RESOURCES, SKILLS } from "./catalogue/skills.generated.ts";
import { SOURCES } from "./catalogue/sources.generated.ts";
import type {
  Factor,
  Indicator,
  Metric,
  PlaceFactors,
  PlanningSetting,
  ProjectType,
  Skill,
  Source,
  Statistic,
} from "./catalogue-types.ts";

/** The whole catalogue with lookups by id; validated when it was built (`tools/knowledge/build.mjs`). */
export interface Knowledge {
  /** Changes whenever anything changes that a recommendation rests on. */
  readonly version: string;
  readonly projectTypes: readonly ProjectType[];
  readonly metrics: readonly Metric[];
  readonly indicators: readonly Indicator[];
  readonly places: PlaceFactors;
  projectType(id: string): ProjectType | undefined;
  metric(id: string): Metric | undefined;
  statistic(id: string): Statistic | undefined;
  factor(id: string): Factor | undefined;
  source(id: string): Source | undefined;
  bandSet(id: string): BandSet | undefined;
  skill(id: string): Skill | undefined;
  resource(id: string): Skill | undefined;
  indicator(id: string): Indicator | undefined;
  planning(id: string): PlanningSetting | undefined;
}

let loaded: Knowledge | undefined;

/** The catalogue that ships with this version; built once, then shared. */
export function loadKnowledge(): Knowledge {
  loaded ??= createKnowledge(PROJECT_TYPES);
  return loaded;
}

/** A catalogue with other project types and the shipped facts, for tests and for groups with their own catalogue. */
export function createKnowledge(projectTypes: readonly ProjectType[]): Knowledge {
  return {
    version: CATALOGUE_VERSION,
    projectTypes,
    metrics: METRICS,
    indicators: INDICATORS,
    places: PLACE_FACTORS,
    projectType: lookup(projectTypes),
    metric: lookup(METRICS),
    statistic: lookup(STATISTICS),
    factor: lookup(FACTORS),
    source: lookup(SOURCES),
    bandSet: lookup(BAND_SETS),
    skill: lookup(SKILLS),
    resource: lookup(RESOURCES),
    indicator: lookup(INDICATORS),
    planning: lookup(PLANNING_SETTINGS),
  };
}

function lookup<T extends { readonly id: string }>(entries: readonly T[]): (id: string) => T | undefined {
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  return (id) => byId.get(id);
}
