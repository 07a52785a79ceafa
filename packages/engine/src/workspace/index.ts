export { type ConnectedWorkspace, type ConnectOptions, connectWorkspace } from "./connect.ts";
export { type Host, type HostOptions, startHost } from "./host.ts";
export type { WorkspaceMode } from "./seat.ts";
