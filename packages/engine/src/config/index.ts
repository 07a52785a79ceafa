export {
  type Directories,
  defaultWorkspacePath,
  demoWorkspacePath,
  type HostFacts,
  readHostFacts,
  resolveDirectories,
} from "./directories.ts";
export {
  freeWorkspacePath,
  lastWorkspace,
  type RememberedWorkspace,
  rememberedWorkspaces,
  rememberWorkspace,
  workspaceToOpen,
} from "./known-workspaces.ts";
export { prepareSocketDirectory, workspaceSocketPath } from "./socket-path.ts";
