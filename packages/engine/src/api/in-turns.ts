import { setImmediate as nextTurn } from "node:timers/promises";

/** Pieces leave one at a time, and other work gets its turn between them. */
export async function* inTurns<T>(pieces: Iterable<T>): AsyncGenerator<T, void> {
  for (const piece of pieces) {
    yield piece;
    await nextTurn();
  }
}
