// Straight from their files: opening a workspace must not load Yjs and the reading engine.
import { documentMigrations } from "../documents/document-migrations.ts";
import { syncMigrations } from "../documents/sync-migrations.ts";
import { noticeMigrations } from "../notices/notice-migrations.ts";
import { projectionMigrations } from "../projections/projection-migrations.ts";
import { readingsMigrations } from "../readings/migrations.ts";
import type { Migration } from "../sqlite/index.ts";
import { workspaceMigrations } from "./workspace-migrations.ts";

/** Every schema step of a workspace, oldest first; steps are only ever added at the end of their area's list. */
export const schemaMigrations: readonly Migration[] = [
  ...workspaceMigrations,
  ...readingsMigrations,
  ...documentMigrations,
  ...projectionMigrations,
  ...syncMigrations,
  ...noticeMigrations,
];

export const SCHEMA_VERSION: number = schemaMigrations.length;
