export { createSession } from "./create-session.ts";
export { createManualTime, type ManualTime } from "./manual-time.ts";
export { type Scheduler, systemScheduler } from "./scheduler.ts";
export type {
  DeviceLogger,
  DeviceSession,
  SessionCounters,
  SessionEvents,
  SessionFailure,
  SessionOptions,
  SessionState,
} from "./session.ts";
