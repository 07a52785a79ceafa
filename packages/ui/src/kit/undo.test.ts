import { expect, it } from "vitest";
import { createUndoStack } from "./undo.ts";

it("takes steps back in the opposite order, each once", () => {
  const undone: string[] = [];
  const stack = createUndoStack();
  const step = (text: string) => ({ text, undo: () => void undone.push(text) });
  stack.push(step("a"));
  stack.push(step("b"));
  expect([stack.pop()?.text, stack.pop()?.text, stack.pop()]).toEqual(["b", "a", undefined]);
  expect(undone).toEqual(["b", "a"]);
});

it("forgets a step that was undone from its message", () => {
  const stack = createUndoStack();
  const step = { text: "a", undo: () => undefined };
  stack.push(step);
  stack.forget(step);
  expect(stack.pop()).toBeUndefined();
});
