export {
  type ProjectRepository,
  projectRepository,
  type StoredProblem,
  type StoredProject,
} from "./project-repository.ts";
export { projectionMigrations } from "./projection-migrations.ts";
export { PROJECTION_VERSION } from "./projection-writer.ts";
export { createProjector, type RebuildReport, rebuildProjections, refreshProjections } from "./projector.ts";
export type { ProjectionTables } from "./schema.ts";
