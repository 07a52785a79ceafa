import type { Failure, Result } from "@ecolocal/core/shared";
import type { Store } from "../../store/index.ts";

/**
 * Ends all sharing of readings with a group that is left: levels are chosen anew in the next one, and what its members
 * shared goes. What was sent stays with the group, like its documents, until somebody deletes it there.
 */
export function forgetSharing({ db, given, received, readings, changes }: Store): Result<void, Failure> {
  for (const { id } of received.list()) {
    const cleared = readings.clearChannel(id);
    if (!cleared.ok) return cleared;
    const removed = db.write("share.forget", id, () => received.remove(id));
    if (!removed.ok) return removed;
  }
  const reset = db.write("share.forget", "levels", () => given.reset());
  readings.sharingChanged();
  changes.notify("readings", "sensors");
  return reset;
}
