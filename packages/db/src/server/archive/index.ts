export {
  ARCHIVE_FORMAT,
  type ArchiveFailure,
  type ArchiveManifest,
  type ArchiveSummary,
  type ArchiveTable,
} from "./format.ts";
export { checkArchive } from "./read-archive.ts";
export { type RestoreOptions, restoreArchive } from "./restore-archive.ts";
export { summariseDatabase, writeArchive } from "./write-archive.ts";
