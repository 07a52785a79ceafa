export { documentFingerprint } from "./document-fingerprint.ts";
export {
  type DocumentId,
  type DocumentKind,
  isDocumentId,
  type ParsedDocumentId,
  parseDocumentId,
  projectDocumentId,
  WORKSPACE_DOCUMENT_ID,
} from "./document-id.ts";
export {
  DOCUMENT_SCHEMAS,
  type DocumentMeta,
  type DocumentNewer,
  documentAccess,
  documentNewer,
  readDocumentMeta,
} from "./document-meta.ts";
export { DOCUMENT_MIGRATIONS, type DocumentMigration, migrateDocument } from "./document-migration.ts";
export { documentSeed, FIRST_DEVICE_CLIENT_ID, forgesSeed } from "./document-seed.ts";
export { createDocumentUndo, type DocumentUndo } from "./document-undo.ts";
export { compareOrder, firstOrders, type Ordered, orderAtEnd, ordersForMove } from "./fractional-order.ts";
export { MAX_DEPTH, type PlainValue, plainValue } from "./plain-value.ts";
export { createProject, type ProjectFounding, type ProjectOrigin } from "./project/create-project.ts";
export { type DirtyProjectItems, type ProjectChangeTracker, trackProjectChanges } from "./project/dirty-items.ts";
export {
  addTask,
  addTaskDependency,
  changeTask,
  moveTask,
  type NewTask,
  removeTaskDependency,
  renameProject,
  renameTask,
  restoreProject,
  restoreTask,
  setProjectStatus,
  setTaskStatus,
  softDeleteProject,
  softDeleteTask,
  type TaskChange,
  type TaskFailure,
} from "./project/project-commands.ts";
export { PROJECT_ITEM_GROUPS, type ProjectItemGroup } from "./project/project-roots.ts";
export { type ProjectionProblem, type ProjectRows, projectRows } from "./project/project-rows.ts";
export type {
  DocumentSpan,
  ProjectBudgetLine,
  ProjectFields,
  ProjectMaterial,
  ProjectPhase,
  ProjectRisk,
  ProjectStatus,
  ProjectTask,
  TaskStatus,
} from "./project/project-schema.ts";
export { PROJECT_STATUSES, TASK_STATUSES } from "./project/project-schema.ts";
export { restoreProjectVersion } from "./project/restore-version.ts";
export {
  DEFAULT_UPDATE_LIMITS,
  hasTooMuchPending,
  inspectUpdate,
  invalidUpdate,
  MAX_PENDING_BYTES,
  type UpdateLimits,
  type UpdateRefused,
} from "./update-guard.ts";
export {
  changeIndexedProject,
  changeRegisteredSensor,
  type IndexedProject,
  indexProject,
  type RegisteredSensor,
  readWorkspaceDocument,
  registerSensor,
  setWorkspaceName,
  setWorkspaceSetting,
  type WorkspaceDocument,
} from "./workspace/workspace-document.ts";
