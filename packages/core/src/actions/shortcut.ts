import type { Action } from "./action.ts";

/** One key press, told apart from the browser's own event so that it can be tested anywhere. */
export interface KeyPress {
  /** The produced character or key name, as `KeyboardEvent.key` says it. */
  readonly key: string;
  /** Ctrl, or ⌘ on a Mac. */
  readonly mod: boolean;
  readonly alt: boolean;
  readonly shift: boolean;
}

/** What a press did to the keys typed so far: ran an action, may still become one, or means nothing. */
export type ShortcutOutcome =
  | { readonly kind: "action"; readonly action: Action }
  | { readonly kind: "pending"; readonly typed: readonly string[] }
  | { readonly kind: "none" };

/**
 * Matches a press, after the single keys typed just before it, against the shortcuts of `actions`.
 *
 * `single` says whether shortcuts without a modifier count: people may switch them off (WCAG 2.1.4).
 */
export function matchShortcut(
  actions: readonly Action[],
  typed: readonly string[],
  press: KeyPress,
  single: boolean,
): ShortcutOutcome {
  if (press.alt) return { kind: "none" };
  const name = press.key.length === 1 ? press.key.toUpperCase() : press.key;
  const candidates = actions.flatMap((action) => (action.keys === undefined ? [] : [{ action, keys: action.keys }]));
  if (press.mod) {
    const chord = candidates.find(({ keys }) => keys === `Mod+${press.shift ? "Shift+" : ""}${name}`);
    return chord ? { kind: "action", action: chord.action } : { kind: "none" };
  }
  if (!single) return { kind: "none" };
  const sequence = [...typed, name].join(" ");
  const exact = candidates.find(({ keys }) => keys === sequence);
  if (exact) return { kind: "action", action: exact.action };
  if (candidates.some(({ keys }) => keys.startsWith(`${sequence} `)))
    return { kind: "pending", typed: [...typed, name] };
  // A sequence that leads nowhere starts again with its last key.
  return typed.length > 0 ? matchShortcut(actions, [], press, single) : { kind: "none" };
}

/** A shortcut as it is shown: `Ctrl K`, `⌘ K`, `G then S` is written `G S`. */
export function shortcutLabel(keys: string, mac: boolean): string {
  return keys.replace("Mod+", mac ? "⌘ " : "Ctrl ").replace("Shift+", mac ? "⇧ " : "Shift ");
}
