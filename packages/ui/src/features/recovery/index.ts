export { RefusedWorkspace } from "./refused-workspace.tsx";
