import type { Failure, Result } from "@ecolocal/core/shared";
import type { Store } from "../store/index.ts";

/** Ends a transaction without keeping it; never leaves this file. */
class RolledBack extends Error {}

/** Runs some work in one transaction, which is kept only where the work succeeded. */
export function writeTogether<T>({ db }: Store, subject: string, work: () => Result<T, Failure>): Result<T, Failure> {
  let done: Result<T, Failure> | undefined;
  try {
    const written = db.write("data.import", subject, () => {
      done = work();
      if (!done.ok) throw new RolledBack();
    });
    if (!written.ok) return written;
  } catch (error) {
    if (!(error instanceof RolledBack)) throw error;
  }
  if (!done) throw new TypeError("The work of a transaction must come to a result.");
  return done;
}
