export { type ReadingsMigration, readingsMigrations } from "./migrations.ts";
export type { RegisterOptions, StoredChannel } from "./series-registry.ts";
export { createReadingStore, type ReadingDatabase, type ReadingStoreOptions } from "./store.ts";
