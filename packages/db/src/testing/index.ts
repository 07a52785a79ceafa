export { createManualClock, createTempWorkspace, type ManualClock, type TempWorkspace } from "./temp-workspace.ts";
