import { ACTIONS, matchShortcut } from "@ecolocal/core/actions";
import { lazy, Suspense, useEffect } from "react";
import { usePreferences } from "../preferences/index.ts";
import { useRunAction } from "./run-action.ts";
import { useUiState } from "./ui-state.ts";

const Palette = lazy(() => import("./palette.tsx").then(({ Palette }) => ({ default: Palette })));
const ShortcutSheet = lazy(() =>
  import("./shortcut-sheet.tsx").then(({ ShortcutSheet }) => ({ default: ShortcutSheet })),
);

/** Keys typed further apart than this do not belong together. */
const SEQUENCE_MS = 1_200;

/** Listens to shortcuts everywhere, and shows the layers that they open. */
export function Shortcuts() {
  const { palette, shortcuts } = useUiState();
  useShortcuts();
  return (
    <Suspense>
      {palette && <Palette />}
      {shortcuts && <ShortcutSheet />}
    </Suspense>
  );
}

function useShortcuts(): void {
  const run = useRunAction();
  const single = usePreferences((preferences) => preferences.singleKeys === "on");
  useEffect(() => {
    let typed: readonly string[] = [];
    let lastAt = 0;
    const onKey = (event: KeyboardEvent) => {
      const mod = event.ctrlKey || event.metaKey;
      if (belongsElsewhere(event, mod)) return;
      if (event.timeStamp - lastAt > SEQUENCE_MS) typed = [];
      lastAt = event.timeStamp;
      const outcome = matchShortcut(
        ACTIONS,
        typed,
        { key: event.key, mod, alt: event.altKey, shift: event.shiftKey },
        single,
      );
      typed = outcome.kind === "pending" ? outcome.typed : [];
      if (outcome.kind !== "action") return;
      event.preventDefault();
      run(outcome.action);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [run, single]);
}

/** Keys that a field, an input method or another listener needs; undo and redo inside a field belong to the field. */
function belongsElsewhere(event: KeyboardEvent, mod: boolean): boolean {
  if (event.defaultPrevented || event.isComposing) return true;
  return isTyping(event.target) && (!mod || ["z", "y"].includes(event.key.toLowerCase()));
}

/** Single keys mean something else in fields, lists that search while typing, and charts. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    target.closest("input, textarea, select, [role=listbox], [role=menu], [role=dialog]") !== null
  );
}
