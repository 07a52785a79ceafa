export { type ConnectedWorkspace, type ConnectOptions, connectWorkspace } from "./connect.ts";
export { createWorkspace, type DemoOptions, ensureDemo, type FoundingOptions } from "./found.ts";
export type { WorkspaceMode } from "./seat.ts";
export { type Switchboard, type SwitchboardOptions, startSwitchboard } from "./switchboard.ts";
