import { expect, it } from "vitest";
import { createUndoStack, type UndoStep } from "./undo.ts";

function recorded(): { readonly log: string[]; step(text: string): UndoStep } {
  const log: string[] = [];
  const step = (text: string) => ({
    text,
    undo: () => void log.push(`-${text}`),
    redo: () => void log.push(`+${text}`),
  });
  return { log, step };
}

it("takes steps back in the opposite order, each once", () => {
  const { log, step } = recorded();
  const stack = createUndoStack();
  stack.push(step("a"));
  stack.push(step("b"));
  expect([stack.undo()?.text, stack.undo()?.text, stack.undo()]).toEqual(["b", "a", undefined]);
  expect(log).toEqual(["-b", "-a"]);
});

it("takes a step back from its own message, and not a second time", () => {
  const { log, step } = recorded();
  const stack = createUndoStack();
  const [a, b] = [step("a"), step("b")];
  stack.push(a);
  stack.push(b);
  stack.undo(a);
  expect(stack.undo(a)).toBeUndefined();
  expect(stack.undo()).toBe(b);
  expect(log).toEqual(["-a", "-b"]);
});

it("does again what was taken back, in the order in which it was done, and takes it back again", () => {
  const { log, step } = recorded();
  const stack = createUndoStack();
  stack.push(step("a"));
  stack.push(step("b"));
  stack.undo();
  stack.undo();
  expect([stack.redo()?.text, stack.redo()?.text, stack.redo()]).toEqual(["a", "b", undefined]);
  stack.undo();
  expect(log).toEqual(["-b", "-a", "+a", "+b", "-b"]);
});

it("forgets what could be done again once something else was done", () => {
  const { log, step } = recorded();
  const stack = createUndoStack();
  stack.push(step("a"));
  stack.undo();
  stack.push(step("b"));
  expect(stack.redo()).toBeUndefined();
  expect(log).toEqual(["-a"]);
});

it("never does again what cannot be repeated", () => {
  const stack = createUndoStack();
  stack.push({ text: "a", undo: () => undefined });
  stack.undo();
  expect(stack.redo()).toBeUndefined();
});
