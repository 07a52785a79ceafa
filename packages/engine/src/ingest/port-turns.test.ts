import { expect, test } from "vitest";
import { createPortTurns } from "./port-turns.ts";

const PORT = "/dev/ttyUSB0";
const alive = new AbortController().signal;

/** A look that opens its port, says so once, and takes a moment to close it when it is given up. */
function pretendPort() {
  const state = { open: 0, most: 0 };
  async function* look(signal: AbortSignal): AsyncGenerator<string> {
    state.open += 1;
    state.most = Math.max(state.most, state.open);
    try {
      yield "open";
      while (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, 1));
    } finally {
      await new Promise((resolve) => setTimeout(resolve, 20));
      state.open -= 1;
    }
  }
  return { state, look };
}

test("a look that begins before the one before has closed the port waits for it", async () => {
  const turns = createPortTurns();
  const { state, look } = pretendPort();
  const first = new AbortController();
  const before = turns.look(PORT, first.signal, () => look(first.signal));
  await before.next();
  const after = turns.look(PORT, alive, () => look(alive));
  const opened = after.next();
  first.abort();
  await before.next();
  expect(await opened).toEqual({ done: false, value: "open" });
  expect(state.most).toBe(1);
});

test("other ports wait for nobody", async () => {
  const turns = createPortTurns();
  const { state, look } = pretendPort();
  await turns.look(PORT, alive, () => look(alive)).next();
  await turns.look("/dev/ttyUSB1", alive, () => look(alive)).next();
  expect(state.open).toBe(2);
});

test("a look in another window that does not end is not waited for for ever", async () => {
  const turns = createPortTurns(10);
  const { look } = pretendPort();
  await turns.look(PORT, alive, () => look(alive)).next();
  expect((await turns.look(PORT, alive, () => look(alive)).next()).value).toBe("open");
});

test("who gives up while waiting never opens the port", async () => {
  const turns = createPortTurns();
  const { state, look } = pretendPort();
  await turns.look(PORT, alive, () => look(alive)).next();
  const stop = new AbortController();
  const waiting = turns.look(PORT, stop.signal, () => look(stop.signal)).next();
  stop.abort();
  expect((await waiting).done).toBe(true);
  expect((await turns.look(PORT, stop.signal, () => look(stop.signal)).next()).done).toBe(true);
  expect(state.open).toBe(1);
});
