export type {
  BudgetLine,
  ExpectedSchedule,
  PlannedMaterial,
  PlannedRisk,
  PlannedSkill,
  PlannedTask,
  PlanPhase,
  ProjectPlan,
  ScheduledTask,
} from "./plan.ts";
