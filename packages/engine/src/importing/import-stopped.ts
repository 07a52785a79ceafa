import type { Failure } from "@ecolocal/core/shared";

/**
 * What a failed write means to an import that has kept rows already: they stay, and the file can be gone on with. A
 * failure before the first row is told as it is.
 */
export function importStopped(failure: Failure, fileName: string, rowsKept: number): Failure {
  if (rowsKept === 0 || !failure.code.startsWith("STORAGE_")) return failure;
  const first = failure.code === "STORAGE_FULL" ? "Free some space on the disk" : "Mend that";
  return {
    code: "IMPORT_STOPPED",
    op: "data.import",
    subject: fileName,
    detail: `${rowsKept} rows of ${fileName} were read and kept. Then: ${failure.detail} (${failure.code})`,
    hint: `${first}, then import the same file again: it goes on where it stopped.`,
    retry: "after-change",
  };
}
