import { readingsMigrations } from "../readings/index.ts";
import type { Migration } from "../sqlite/index.ts";
import { workspaceMigrations } from "./workspace-migrations.ts";

/** Every schema step of a workspace, oldest first; steps are only ever added at the end of their area's list. */
export const schemaMigrations: readonly Migration[] = [...workspaceMigrations, ...readingsMigrations];

export const SCHEMA_VERSION: number = schemaMigrations.length;
