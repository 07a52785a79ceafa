/** A step that can be taken back, with the words that reported it. */
export interface UndoStep {
  readonly text: string;
  readonly undo: () => void;
}

const LIMIT = 50;

/** The steps of this window that can still be taken back, newest last. */
export function createUndoStack(): {
  push(step: UndoStep): void;
  /** Takes the newest step back; nothing when there is none. */
  pop(): UndoStep | undefined;
  /** Forgets a step that was taken back another way. */
  forget(step: UndoStep): void;
} {
  let steps: readonly UndoStep[] = [];
  return {
    push(step) {
      steps = [...steps, step].slice(-LIMIT);
    },
    pop() {
      const step = steps.at(-1);
      steps = steps.slice(0, -1);
      step?.undo();
      return step;
    },
    forget(step) {
      steps = steps.filter((known) => known !== step);
    },
  };
}
