import type { Action } from "./action.ts";

/** Everything a person can do from anywhere: feeds the palette, shortcuts, menus and the command line's help. */
export const ACTIONS: readonly Action[] = [
  { id: "home.open", effect: { kind: "go", screen: "home" }, keys: "G D", cli: "status" },
  { id: "sensors.open", effect: { kind: "go", screen: "sensors" }, keys: "G S", cli: "sensor list" },
  { id: "data.open", effect: { kind: "go", screen: "data" }, keys: "G E", cli: "data query" },
  { id: "data.import", effect: { kind: "go", screen: "data", search: { import: true } }, cli: "data import" },
  { id: "ideas.open", effect: { kind: "go", screen: "ideas" }, keys: "G I", cli: "recommend list" },
  { id: "projects.open", effect: { kind: "go", screen: "projects" }, keys: "G P", cli: "project list" },
  { id: "map.open", effect: { kind: "go", screen: "map" }, keys: "G M" },
  { id: "sharing.open", effect: { kind: "go", screen: "sharing" }, cli: "sync status" },
  { id: "inbox.open", effect: { kind: "go", screen: "inbox" }, keys: "G B", cli: "notice list" },
  { id: "settings.open", effect: { kind: "go", screen: "settings" } },
  { id: "help.open", effect: { kind: "go", screen: "help" }, cli: "--help" },
  {
    id: "sensor.add",
    effect: { kind: "go", screen: "sensors", search: { add: "device" } },
    keys: "N",
    cli: "sensor add",
  },
  {
    id: "sensor.simulate",
    effect: { kind: "go", screen: "sensors", search: { add: "simulated" } },
    cli: "sensor simulate",
  },
  { id: "demo.reset", effect: { kind: "do", command: "demo.reset" }, cli: "demo --reset", demoOnly: true },
  { id: "theme.light", effect: { kind: "do", command: "theme.light" } },
  { id: "theme.dark", effect: { kind: "do", command: "theme.dark" } },
  { id: "theme.system", effect: { kind: "do", command: "theme.system" } },
  { id: "undo", effect: { kind: "do", command: "undo" }, keys: "Mod+Z" },
  { id: "redo", effect: { kind: "do", command: "redo" }, keys: "Mod+Shift+Z" },
  { id: "shortcuts.show", effect: { kind: "do", command: "shortcuts.show" }, keys: "?" },
  { id: "wall.open", effect: { kind: "go", screen: "wall" }, keys: "W" },
  { id: "kit.open", effect: { kind: "go", screen: "kit" } },
  { id: "palette.open", effect: { kind: "do", command: "palette.open" }, keys: "Mod+K", hidden: true },
  { id: "palette.search", effect: { kind: "do", command: "palette.open" }, keys: "/", hidden: true },
  { id: "redo.windows", effect: { kind: "do", command: "redo" }, keys: "Mod+Y", hidden: true },
  { id: "save.explain", effect: { kind: "do", command: "save.explain" }, keys: "Mod+S", hidden: true },
];

export function actionById(id: string): Action | undefined {
  return ACTIONS.find((action) => action.id === id);
}
