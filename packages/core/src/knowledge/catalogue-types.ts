import type { Verification } from "./words/index.ts";

/** A low, likely and high figure in ascending order. */
export type Span = readonly [lo: number, likely: number, hi: number];

export interface Source {
  readonly id: string;
  readonly title: string;
  readonly year?: number;
  readonly table?: string;
  readonly url?: string;
  readonly licence?: string;
  readonly ver: Verification;
  readonly note?: string;
}

/** Which channels carry a metric, and how to turn their canonical unit into the metric's. */
export interface MetricBinding {
  /** A quantity id of `QUANTITIES`. */
  readonly quantity: string;
  readonly exposure?: "indoor" | "outdoor";
  /** Multiply the channel's value by this. Default 1. */
  readonly scale?: number;
  /** Only channels whose place contains one of these words. */
  readonly placeWords?: readonly string[];
}

/** A signal that triggers refer to. */
export interface Metric {
  readonly id: string;
  readonly name: string;
  readonly unit: string;
  readonly kind: "sensor" | "meter" | "sample" | "survey" | "map" | "forecast" | "log";
  readonly context?: "in" | "out";
  readonly plausible?: readonly [min: number, max: number];
  readonly aggregate: string;
  readonly default?: number;
  readonly derivedFrom?: readonly string[];
  /** Alternatives, the first one with a channel wins. */
  readonly bindings?: readonly MetricBinding[];
  readonly note?: string;
}

/** A named statistic; `text` says what it means. */
export interface Statistic {
  readonly id: string;
  readonly text: string;
}

export interface Factor {
  readonly id: string;
  readonly name: string;
  readonly unit: string;
  readonly lo: number;
  readonly likely: number;
  readonly hi: number;
  readonly source: string;
  readonly ver: Verification;
  readonly rangeVer?: Verification;
  readonly year?: number;
  /** Row id in the source file. */
  readonly row?: string;
  readonly caveat?: string;
  /** The value depends on the place: grid intensity by country, solar yield by latitude. */
  readonly resolver?: "grid_intensity" | "pv_yield_by_latitude";
}

export interface GridIntensity {
  /** ISO 3166-1 alpha-3, or the name of a region. */
  readonly code: string;
  readonly name: string;
  /** gCO2e per kWh of generation, annual average. */
  readonly gPerKwh: number;
  readonly year: number;
}

export interface PvYieldBand {
  readonly latFrom: number;
  readonly latTo: number;
  /** kWh per kWp and year. */
  readonly span: Span;
}

export interface PlaceFactors {
  readonly grid: {
    readonly source: string;
    readonly ver: Verification;
    readonly lowMult: number;
    readonly highMult: number;
    readonly fallback: string;
    readonly areas: readonly GridIntensity[];
  };
  readonly pvYield: { readonly ver: Verification; readonly bands: readonly PvYieldBand[] };
}

export interface Skill {
  readonly id: string;
  readonly label: string;
  readonly broader?: string;
  /** Never given to a volunteer without proof (electricity, gas, roofs, children). */
  readonly regulated?: boolean;
}

/** One editable rule of planning. */
export interface PlanningSetting {
  readonly id: string;
  readonly lo?: number;
  readonly value: number;
  readonly hi?: number;
  readonly unit: string;
  readonly ver: Verification;
  readonly note?: string;
}

export interface Indicator {
  readonly id: string;
  readonly name: string;
  readonly unit: string;
  readonly direction: "up" | "down";
  readonly grade: Grade;
  readonly core: boolean;
  readonly sdg: readonly string[];
  readonly definition: string;
}

export type Grade = "A" | "B" | "C" | "D";
export type TriggerOperator = ">" | ">=" | "<" | "<=" | "==" | "!=";

/** `days` of the last `in` days (or surveys) must satisfy `stat op value`. */
export interface TriggerCondition {
  readonly metric: string;
  readonly stat: string;
  readonly op: TriggerOperator;
  readonly value: number;
  readonly unit: string;
  readonly days: number;
  readonly in: number;
}

export interface Trigger {
  readonly all: readonly TriggerCondition[];
  /** Months (northern hemisphere) in which the trigger is looked at; absent: all year. */
  readonly season?: readonly number[];
  /** 0…1, how strongly it speaks for the project. */
  readonly weight: number;
  readonly source?: string;
  readonly ver: Verification;
  /** English sentence; `{days}`, `{in}`, `{value}` are filled with what was found. */
  readonly say: string;
}

/** An input of an impact formula: a factor, or a span of its own. */
export type ImpactVariable =
  | { readonly factor: string }
  | {
      readonly span: Span;
      readonly unit: string;
      readonly ver: Verification;
      readonly source?: string;
    };

export interface ImpactFormula {
  readonly indicator: string;
  /** True: the result counts towards the indicator; false: it only supports it. */
  readonly counts: boolean;
  readonly unit: string;
  /** Expression over the variables and `N`, the number of units. */
  readonly formula: string;
  readonly vars: Readonly<Record<string, ImpactVariable>>;
  readonly grade: Grade;
  readonly claim?: string;
}

export type TaskPhase = "prepare" | "act" | "check";

export interface TaskTemplate {
  readonly id: string;
  readonly name: string;
  readonly phase: TaskPhase;
  /** Elapsed days: optimistic, likely, pessimistic. */
  readonly days: Span;
  /** Volunteer hours: fixed, and per unit. */
  readonly hours: number;
  readonly hoursPerUnit: number;
  readonly after: readonly string[];
  readonly skills: readonly string[];
}

export interface MaterialTemplate {
  readonly resource: string;
  readonly quantityPerUnit: number;
  readonly unit: string;
  readonly eur: Span;
}

export interface RiskTemplate {
  readonly risk: string;
  readonly likelihood: "low" | "medium" | "high";
  readonly severity: "low" | "medium" | "high";
  readonly response: string;
}

/** A kind of project the catalogue knows: when to suggest it, what it brings, what it takes. */
export interface ProjectType {
  readonly id: string;
  readonly category: string;
  readonly title: string;
  readonly summary: string;
  readonly unit: { readonly id: string; readonly name: string };
  readonly defaultUnits: number;
  /** Months (northern hemisphere) in which the physical work is sensible. */
  readonly workMonths: readonly number[];
  readonly triggers: readonly Trigger[];
  readonly impact: readonly ImpactFormula[];
  /** EUR of 2025: total = fixed + units × perUnit. */
  readonly cost: { readonly fixed: Span; readonly perUnit: Span; readonly source?: string; readonly ver: Verification };
  /** Volunteer hours of upkeep a month, and multipliers for the low and high total. */
  readonly upkeepHoursPerMonth: number;
  readonly hoursSpread: readonly [lo: number, hi: number];
  readonly materials: readonly MaterialTemplate[];
  readonly tasks: readonly TaskTemplate[];
  readonly risks: readonly RiskTemplate[];
  readonly prerequisites: readonly string[];
  readonly permits: readonly string[];
  readonly sdg: readonly string[];
}
