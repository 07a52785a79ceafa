import type { Failure, Result } from "@ecolocal/core/shared";
import type { EngineLog } from "../log/index.ts";
import type { Store } from "../store/index.ts";

/** Before documents follow a server that was put back: a backup, and a note that can be read later. */
export async function noteRestored(
  { store, log }: { readonly store: Store; readonly log: EngineLog },
  titles: readonly string[],
  backUp: () => Promise<Result<string, Failure>>,
): Promise<Result<void, Failure>> {
  const backup = await backUp();
  if (!backup.ok) return backup;
  const subject = titles.join(", ");
  const detail = `The server was put back on purpose. Their state here is kept as a version: ${subject}.`;
  log.write("warn", detail, { code: "SYNC_EPOCH_CHANGED", backup: backup.value });
  const entry = { at: store.clock.now(), actor: "sync", action: "sync.restored", subject, detail };
  return store.db.write("sync.restored", subject, () => store.audit.add(entry));
}
