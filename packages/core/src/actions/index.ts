export type { Action, ActionEffect, CommandName, ScreenName } from "./action.ts";
export { ACTIONS, actionById } from "./actions.ts";
export { type KeyPress, matchShortcut, type ShortcutOutcome, shortcutLabel } from "./shortcut.ts";
