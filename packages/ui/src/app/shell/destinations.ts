import type { IconName } from "../../kit/index.ts";

export interface Destination {
  readonly to: "/" | "/sensors" | "/data" | "/ideas" | "/projects" | "/map" | "/sharing" | "/settings" | "/help";
  readonly icon: IconName;
  /** Message id of its name. */
  readonly label: string;
}

/** Where the rail leads. */
export const MAIN_DESTINATIONS: readonly Destination[] = [
  { to: "/", icon: "home", label: "nav.home" },
  { to: "/sensors", icon: "sensor", label: "nav.sensors" },
  { to: "/data", icon: "data", label: "nav.data" },
  { to: "/ideas", icon: "idea", label: "nav.ideas" },
  { to: "/projects", icon: "project", label: "nav.projects" },
  { to: "/map", icon: "map", label: "nav.map" },
];

/** What fits at the bottom of a narrow screen; the rest is behind "More". */
export const TAB_DESTINATIONS: readonly Destination[] = MAIN_DESTINATIONS.filter(
  ({ to }) => to !== "/data" && to !== "/map",
);

/** Where the sync indicator of wide screens leads; narrow ones list it with the rest. */
export const SHARING_DESTINATION: Destination = { to: "/sharing", icon: "cloud", label: "nav.sharing" };

export const FOOT_DESTINATIONS: readonly Destination[] = [
  { to: "/settings", icon: "settings", label: "nav.settings" },
  { to: "/help", icon: "help", label: "nav.help" },
];
