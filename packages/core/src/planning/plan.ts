import type { Span, TaskPhase, Verification } from "../knowledge/index.ts";

/** A task as it enters a project; ids are those of the template, unique within the plan. */
export interface PlannedTask {
  readonly templateId: string;
  readonly name: string;
  readonly phase: TaskPhase;
  /** Elapsed days: optimistic, likely, pessimistic. */
  readonly days: Span;
  /** Volunteer hours for the chosen number of units. */
  readonly hours: number;
  /** Template ids of the tasks that must be finished first. */
  readonly after: readonly string[];
  readonly skills: readonly PlannedSkill[];
}

export interface PlannedSkill {
  readonly id: string;
  readonly label: string;
  /** Needs proof; never given to a volunteer without it. */
  readonly regulated: boolean;
}

export interface PlannedMaterial {
  readonly resourceId: string;
  readonly name: string;
  readonly quantity: number;
  readonly unit: string;
  readonly cost: Span;
}

export interface BudgetLine {
  readonly id: string;
  readonly name: string;
  readonly cost: Span;
  /** ISO 4217 code. */
  readonly currency: string;
  readonly ver: Verification;
}

export interface PlannedRisk {
  readonly risk: string;
  readonly likelihood: "low" | "medium" | "high";
  readonly severity: "low" | "medium" | "high";
  readonly response: string;
}

export interface PlanPhase {
  readonly id: TaskPhase;
  readonly name: string;
  readonly taskIds: readonly string[];
}

/** What accepting a recommendation writes into the project document: plain data, no ids of the workspace yet. */
export interface ProjectPlan {
  readonly projectTypeId: string;
  readonly title: string;
  readonly summary: string;
  readonly category: string;
  readonly units: number;
  readonly unitName: string;
  readonly phases: readonly PlanPhase[];
  readonly tasks: readonly PlannedTask[];
  readonly materials: readonly PlannedMaterial[];
  readonly budget: readonly BudgetLine[];
  readonly hours: { readonly lo: number; readonly likely: number; readonly hi: number };
  readonly upkeepHoursPerMonth: number;
  readonly risks: readonly PlannedRisk[];
  readonly prerequisites: readonly string[];
  readonly permits: readonly string[];
  readonly catalogueVersion: string;
}

/** A task's place on the calendar when everything takes its mean time. */
export interface ScheduledTask {
  readonly templateId: string;
  /** PERT mean of the elapsed days. */
  readonly expectedDays: number;
  /** First day of work, `YYYY-MM-DD`. */
  readonly startOn: string;
  /** Last day of work, `YYYY-MM-DD`. */
  readonly endOn: string;
  /** Lies on a longest path: a delay here delays the end. */
  readonly critical: boolean;
}

export interface ExpectedSchedule {
  readonly startOn: string;
  readonly endOn: string;
  readonly tasks: readonly ScheduledTask[];
}
