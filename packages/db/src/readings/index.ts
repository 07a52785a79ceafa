export type { ReadingStoreOptions } from "./context.ts";
export { type ReadingsMigration, readingsMigrations } from "./migrations.ts";
export type { RegisterOptions, StoredChannel } from "./series-registry.ts";
export { createReadingStore, type ReadingDatabase } from "./store.ts";
