import { ACTIONS, type Action } from "@ecolocal/core/actions";
import type { ProjectSummary, RecommendationSummary, SensorView } from "@ecolocal/core/api";
import type { IconName } from "../kit/index.ts";
import type { TextTools } from "../text/index.ts";

/** One line of the palette. */
export interface PaletteItem {
  readonly id: string;
  readonly label: string;
  readonly icon: IconName;
  readonly keys?: string;
  readonly cli?: string;
  readonly target:
    | { readonly kind: "action"; readonly action: Action }
    | { readonly kind: "sensor" | "idea" | "project"; readonly id: string };
}

interface Things {
  readonly sensors: readonly SensorView[];
  readonly ideas: readonly RecommendationSummary[];
  readonly projects: readonly ProjectSummary[];
  readonly demo: boolean;
}

const ACTION_ICONS: Readonly<Record<string, IconName>> = {
  "home.open": "home",
  "sensors.open": "sensor",
  "data.open": "data",
  "ideas.open": "idea",
  "projects.open": "project",
  "map.open": "map",
  "inbox.open": "bell",
  "sharing.open": "cloud",
  "settings.open": "settings",
  "help.open": "help",
  "data.import": "add",
  "sensor.add": "plug",
  "sensor.simulate": "activity",
  "demo.reset": "reset",
  undo: "undo",
  redo: "redo",
};

/** Everything the palette offers: actions first, then the things of the workspace. */
export function paletteItems(things: Things, { t, prose }: Pick<TextTools, "t" | "prose">): readonly PaletteItem[] {
  const actions = ACTIONS.filter((action) => !action.hidden && (!action.demoOnly || things.demo)).map(
    (action): PaletteItem => ({
      id: `action/${action.id}`,
      label: t(`command.${action.id}`),
      icon: ACTION_ICONS[action.id] ?? "forward",
      target: { kind: "action", action },
      ...(action.keys === undefined ? {} : { keys: action.keys }),
      ...(action.cli === undefined ? {} : { cli: `ecolocal ${action.cli}` }),
    }),
  );
  return [
    ...actions,
    ...things.sensors.map((sensor): PaletteItem => thing("sensor", sensor.id, sensor.name)),
    ...things.projects.map((project): PaletteItem => thing("project", project.id, project.title)),
    ...things.ideas.map((idea): PaletteItem => thing("idea", idea.id, prose(idea.title))),
  ];
}

function thing(kind: "sensor" | "idea" | "project", id: string, label: string): PaletteItem {
  return { id: `${kind}/${id}`, label, icon: kind, target: { kind, id } };
}

/** What was chosen lately comes first, newest first; the rest keeps its order. */
export function recentFirst(items: readonly PaletteItem[], recent: readonly string[]): readonly PaletteItem[] {
  const place = (item: PaletteItem): number => {
    const index = recent.indexOf(item.id);
    return index === -1 ? recent.length : index;
  };
  return [...items].sort((a, b) => place(a) - place(b));
}

const KEPT = 6;

export function withRecent(recent: readonly string[], id: string): readonly string[] {
  return [id, ...recent.filter((known) => known !== id)].slice(0, KEPT);
}
