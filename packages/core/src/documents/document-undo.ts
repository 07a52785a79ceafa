import * as Y from "yjs";

/** Takes back and repeats the changes of one origin (a window), never those of others, imports or sync. */
export interface DocumentUndo {
  /** Undoes the latest change and returns its label; null when there is none. */
  undo(): string | null;
  redo(): string | null;
  /** Names the change that was just made ("Moved ‘Buy filters’ to Done"). */
  label(text: string): void;
  readonly undoLabel: string | null;
  readonly redoLabel: string | null;
  dispose(): void;
}

const LABEL = "label";

/** Watches every part of a document; each transaction of `origin` is one step. */
export function createDocumentUndo(doc: Y.Doc, origin: unknown): DocumentUndo {
  const manager = new Y.UndoManager(doc, { trackedOrigins: new Set([origin]), captureTimeout: 0 });
  const labelOf = (item: { meta: Map<unknown, unknown> } | undefined): string | null => {
    const text = item?.meta.get(LABEL);
    return typeof text === "string" ? text : null;
  };
  const take = (step: "undo" | "redo"): string | null => {
    const [from, to] =
      step === "undo" ? [manager.undoStack, manager.redoStack] : [manager.redoStack, manager.undoStack];
    if (from.length === 0) return null;
    const text = labelOf(from.at(-1)) ?? "";
    manager[step]();
    to.at(-1)?.meta.set(LABEL, text);
    return text;
  };
  return {
    undo: () => take("undo"),
    redo: () => take("redo"),
    label(text) {
      // A change that changed nothing made no step; the step before it keeps its name.
      const step = manager.undoStack.at(-1);
      if (step !== undefined && !step.meta.has(LABEL)) step.meta.set(LABEL, text);
    },
    get undoLabel() {
      return labelOf(manager.undoStack.at(-1));
    },
    get redoLabel() {
      return labelOf(manager.redoStack.at(-1));
    },
    dispose: () => manager.destroy(),
  };
}
