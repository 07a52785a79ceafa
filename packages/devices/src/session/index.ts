export { createManualTime, type ManualTime, type Scheduler, systemScheduler } from "../time/index.ts";
export { createSession } from "./create-session.ts";
export type { PollEvent, Poller, PollStep } from "./poller.ts";
export type {
  DeviceLogger,
  DeviceSession,
  SessionCounters,
  SessionEvents,
  SessionFailure,
  SessionOptions,
  SessionState,
} from "./session.ts";
