/** Screens of the app, as actions name them; the app maps them to its addresses. */
export type ScreenName =
  | "home"
  | "sensors"
  | "data"
  | "ideas"
  | "projects"
  | "map"
  | "sharing"
  | "settings"
  | "inbox"
  | "help"
  | "kit"
  | "wall";

/** What choosing an action does: go somewhere, or do something that the app knows by this name. */
export type ActionEffect =
  | { readonly kind: "go"; readonly screen: ScreenName; readonly search?: Readonly<Record<string, string | boolean>> }
  | { readonly kind: "do"; readonly command: CommandName };

export type CommandName =
  | "palette.open"
  | "shortcuts.show"
  | "undo"
  | "redo"
  | "theme.light"
  | "theme.dark"
  | "theme.system"
  | "demo.reset"
  | "save.explain";

/**
 * Something a person can do. Its name is the message `command.<id>`.
 *
 * `keys` is a shortcut: one chord (`Mod+K` or `Mod+Shift+Z`, where Mod is Ctrl or ⌘) or a sequence of single keys (`G S`).
 * `cli` is the same thing in a terminal, without the program's name.
 */
export interface Action {
  readonly id: string;
  readonly effect: ActionEffect;
  readonly keys?: string;
  readonly cli?: string;
  /** Left out of lists: it only has a shortcut. */
  readonly hidden?: boolean;
  /** Offered in a demo workspace only. */
  readonly demoOnly?: boolean;
}
