import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, it } from "vitest";
import { createTurns, inBackground, type Steps } from "./run.ts";

function* countTo(last: number, did: (step: number) => void): Steps<number> {
  for (let step = 1; step <= last; step++) {
    did(step);
    yield;
  }
  return last;
}

it("however many questions are under way, other work gets its turn after every slice", async () => {
  const turn = createTurns();
  const log: string[] = [];
  const questions = ["a", "b", "c"].map((name) =>
    inBackground(
      countTo(4, () => log.push(name)),
      turn,
      { sliceMs: 0 },
    ),
  );
  let isOver = false;
  const others = (async () => {
    while (!isOver) {
      await nextTurn();
      log.push("-");
    }
  })();
  expect(await Promise.all(questions)).toEqual([4, 4, 4]);
  isOver = true;
  await others;
  expect(log.filter((entry) => entry !== "-")).toHaveLength(12);
  expect(log.join("")).not.toMatch(/[abc]{2}/);
});

it("a cancelled question does nothing more, and those behind it go on", async () => {
  const turn = createTurns();
  const controller = new AbortController();
  let did = 0;
  const cancelled = inBackground(
    countTo(100, (step) => {
      did = step;
      if (step === 3) controller.abort();
    }),
    turn,
    { sliceMs: 0, signal: controller.signal },
  );
  const behind = inBackground(
    countTo(10, () => undefined),
    turn,
    { sliceMs: 0 },
  );
  await expect(cancelled).rejects.toThrow("aborted");
  expect(await behind).toBe(10);
  expect(did).toBe(3);
});
