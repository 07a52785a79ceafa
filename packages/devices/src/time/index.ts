export { createManualTime, type ManualTime } from "./manual-time.ts";
export { type Scheduler, systemScheduler } from "./scheduler.ts";
