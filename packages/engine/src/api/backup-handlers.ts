import type { BackupEvent } from "@ecolocal/core/api";
import { RpcError } from "@ecolocal/core/api/rpc";
import { estimateRemainingMs, type Failure, ok, type Result } from "@ecolocal/core/shared";
import { type Backup, type BackupProgress, type BackupRunOptions, viewBackup } from "../backups/index.ts";
import type { HandlersOf, Services } from "./services.ts";
import { tellProgress } from "./tell-progress.ts";

export function backupHandlers({ backups }: Services): HandlersOf<"backup"> {
  return {
    "backup.create": (_input, { signal }) => events(signal, (options) => backups.create("manual", options)),
    "backup.verify": ({ path }, { signal }) => events(signal, (options) => backups.verify(path, options)),
    "backup.list": async () => ok((await backups.list()).map(viewBackup)),
    "backup.plan": () => ok(backups.plan()),
    "backup.configure": (change) => backups.configure(change),
  };
}

async function* events(
  signal: AbortSignal,
  work: (options: BackupRunOptions) => Promise<Result<Backup, Failure>>,
): AsyncGenerator<BackupEvent, void> {
  let phase: BackupProgress["phase"] | undefined;
  let phaseBegan = 0;
  const progress = tellProgress<BackupEvent, Result<Backup, Failure>>((tell) =>
    work({
      signal,
      onProgress(latest) {
        if (latest.phase !== phase) phaseBegan = performance.now();
        phase = latest.phase;
        const { doneBytes: done, totalBytes: total } = latest;
        const remainingMs = estimateRemainingMs({ elapsedMs: performance.now() - phaseBegan, done, total });
        tell({ kind: "progress", ...latest, remainingMs });
      },
    }),
  );
  const answer = yield* progress;
  if (!answer.ok) throw new RpcError(answer.error);
  yield { kind: "done", backup: viewBackup(answer.value) };
}
