export {
  type Directories,
  defaultWorkspacePath,
  demoWorkspacePath,
  type HostFacts,
  readHostFacts,
  resolveDirectories,
} from "./directories.ts";
export { lastWorkspace, rememberWorkspace, workspaceToOpen } from "./last-workspace.ts";
export { prepareSocketDirectory, workspaceSocketPath } from "./socket-path.ts";
