export { SAMPLE_PLAN } from "./sample-project.ts";
export {
  createManualClock,
  createTempWorkspace,
  dumpTables,
  type ManualClock,
  openDocuments,
  type TempWorkspace,
} from "./temp-workspace.ts";
