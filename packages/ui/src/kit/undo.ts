/** A step that can be taken back, with the words that reported it. */
export interface UndoStep {
  readonly text: string;
  readonly undo: () => void;
  /** Does it once more; left out where doing it again would be something else. */
  readonly redo?: () => void;
}

const LIMIT = 50;

/** The steps of this window that can be taken back, and those taken back that can be done again. */
export function createUndoStack(): {
  push(step: UndoStep): void;
  /** Takes a step back, the newest unless one is named; nothing when there is none. */
  undo(step?: UndoStep): UndoStep | undefined;
  /** Does again what was taken back last; nothing when something else has been done since. */
  redo(): UndoStep | undefined;
} {
  let done: readonly UndoStep[] = [];
  let undone: readonly UndoStep[] = [];
  return {
    push(step) {
      done = [...done, step].slice(-LIMIT);
      undone = [];
    },
    undo(step = done.at(-1)) {
      if (step === undefined || !done.includes(step)) return undefined;
      done = done.filter((known) => known !== step);
      if (step.redo !== undefined) undone = [...undone, step];
      step.undo();
      return step;
    },
    redo() {
      const step = undone.at(-1);
      if (step === undefined) return undefined;
      undone = undone.slice(0, -1);
      done = [...done, step];
      step.redo?.();
      return step;
    },
  };
}
