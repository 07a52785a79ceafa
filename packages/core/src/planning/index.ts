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
export { expectedSchedule, pertMean, type SchedulableTask, type ScheduleFailure } from "./schedule.ts";
export { templateToPlan } from "./template-to-plan.ts";
