import { type Expression, evaluateFormula, type FormulaFailure, parseFormula } from "../knowledge/formula/index.ts";
import type { ImpactFormula, ImpactVariable, Knowledge, ProjectType } from "../knowledge/index.ts";
import { createRandom, ok, type Result } from "../shared/index.ts";
import type { Assumption, ImpactEstimate } from "./impact-estimate.ts";
import { percentileOfSorted } from "./percentile.ts";
import { type PlaceContext, resolveFactor } from "./place.ts";
import { drawPert, seedFromText } from "./random-draws.ts";

export interface EstimateOptions {
  /** Number of units; the catalogue's default when absent. */
  readonly units?: number;
  readonly place?: PlaceContext;
  /** Same seed, same numbers. Default 1. */
  readonly seed?: number;
  /** Draws per input. Default 2000. */
  readonly runs?: number;
  /** Inputs a person replaced, by variable name. */
  readonly overrides?: Readonly<Record<string, { readonly lo: number; readonly likely: number; readonly hi: number }>>;
}

const DEFAULT_RUNS = 2000;

/**
 * Simulates every impact formula of a project type and returns P10, P50 and P90 of the outcomes.
 *
 * Each uncertain input is drawn from Beta-PERT(lo, likely, hi). An input of the same name has the same draws in every
 * formula of the project, so that kilograms and their CO2e agree. A formula that fails for one draw fails as a whole.
 */
export function estimateImpact(
  project: ProjectType,
  knowledge: Knowledge,
  options: EstimateOptions = {},
): Result<readonly ImpactEstimate[], FormulaFailure> {
  const estimates: ImpactEstimate[] = [];
  for (const impact of project.impact) {
    const estimate = estimateOne(project, impact, knowledge, options);
    if (!estimate.ok) return estimate;
    estimates.push(estimate.value);
  }
  return ok(estimates);
}

function estimateOne(
  project: ProjectType,
  impact: ImpactFormula,
  knowledge: Knowledge,
  options: EstimateOptions,
): Result<ImpactEstimate, FormulaFailure> {
  const parsed = parseFormula(impact.formula);
  if (!parsed.ok) return parsed;
  const assumptions = Object.entries(impact.vars).map(([name, variable]) =>
    describeVariable(name, variable, knowledge, options),
  );
  const outcomes = simulate(parsed.value, project, assumptions, options);
  if (!outcomes.ok) return outcomes;
  const sorted = outcomes.value.sort();
  return ok({
    indicatorId: impact.indicator,
    label: knowledge.indicator(impact.indicator)?.name ?? impact.indicator,
    unit: impact.unit,
    p10: percentileOfSorted(sorted, 0.1),
    p50: percentileOfSorted(sorted, 0.5),
    p90: percentileOfSorted(sorted, 0.9),
    grade: impact.grade,
    counts: impact.counts,
    claim: impact.claim ?? null,
    formula: impact.formula,
    assumptions,
  });
}

function simulate(
  formula: Expression,
  project: ProjectType,
  assumptions: readonly Assumption[],
  { units = project.defaultUnits, runs = DEFAULT_RUNS, seed = 1 }: EstimateOptions,
): Result<Float64Array, FormulaFailure> {
  const inputs = assumptions.map((input) => ({
    ...input,
    random: createRandom(seedFromText(`${project.id}/${input.name}`, seed)),
  }));
  const outcomes = new Float64Array(runs);
  const values: Record<string, number> = { N: units };
  for (let run = 0; run < runs; run++) {
    for (const { name, lo, likely, hi, random } of inputs) values[name] = drawPert(lo, likely, hi, random);
    const outcome = evaluateFormula(formula, values);
    if (!outcome.ok) return outcome;
    outcomes[run] = outcome.value;
  }
  return ok(outcomes);
}

function describeVariable(
  name: string,
  variable: ImpactVariable,
  knowledge: Knowledge,
  { place = {}, overrides = {} }: EstimateOptions,
): Assumption {
  const described =
    "factor" in variable ? describeFactor(name, variable.factor, place, knowledge) : describeSpan(name, variable);
  const override = Object.hasOwn(overrides, name) ? overrides[name] : undefined;
  if (override === undefined) return described;
  const { lo, likely, hi } = override;
  return { ...described, lo, likely, hi, ver: "A", sourceId: "src.local" };
}

function describeFactor(name: string, factorId: string, place: PlaceContext, knowledge: Knowledge): Assumption {
  const factor = knowledge.factor(factorId);
  if (factor === undefined) throw new TypeError(`Unknown factor ${factorId}; the knowledge build checks this.`);
  const resolved = resolveFactor(factor, place, knowledge);
  const [lo, likely, hi] = resolved.span;
  return {
    name,
    label: resolved.place === undefined ? factor.name : `${factor.name} (${resolved.place})`,
    lo,
    likely,
    hi,
    unit: factor.unit,
    ver: resolved.ver,
    sourceId: factor.source,
    factorId,
    ...(factor.caveat === undefined ? {} : { caveat: factor.caveat }),
  };
}

function describeSpan(name: string, variable: Exclude<ImpactVariable, { factor: string }>): Assumption {
  const [lo, likely, hi] = variable.span;
  const source = variable.source === undefined ? {} : { sourceId: variable.source };
  return { name, label: name.replaceAll("_", " "), lo, likely, hi, unit: variable.unit, ver: variable.ver, ...source };
}
