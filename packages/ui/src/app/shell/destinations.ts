import type { IconName } from "../../kit/index.ts";

export interface Destination {
  readonly to: "/" | "/sensors" | "/ideas" | "/projects" | "/settings" | "/help";
  readonly icon: IconName;
  /** Message id of its name. */
  readonly label: string;
}

/** Where the rail leads. */
export const MAIN_DESTINATIONS: readonly Destination[] = [
  { to: "/", icon: "home", label: "nav.home" },
  { to: "/sensors", icon: "sensor", label: "nav.sensors" },
  { to: "/ideas", icon: "idea", label: "nav.ideas" },
  { to: "/projects", icon: "project", label: "nav.projects" },
];

export const FOOT_DESTINATIONS: readonly Destination[] = [
  { to: "/settings", icon: "settings", label: "nav.settings" },
  { to: "/help", icon: "help", label: "nav.help" },
];
