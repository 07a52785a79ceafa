import {
  createHashHistory,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  type RouterHistory,
} from "@tanstack/react-router";
import { dataSearch } from "../features/data/search.ts";
import { helpSearch } from "../features/help/search.ts";
import { HomePage } from "../features/home/index.ts";
import { ideaSearch, ideasSearch } from "../features/ideas/search.ts";
import { mapSearch } from "../features/map/search.ts";
import { projectSearch } from "../features/projects/search.ts";
import { sensorSearch, sensorsSearch } from "../features/sensors/search.ts";
import { sharingSearch } from "../features/sharing/search.ts";
import { welcomeSearch } from "../features/welcome/search.ts";
import { NotFoundPage, RouteFailure } from "./route-states.tsx";
import { Shell } from "./shell/shell.tsx";

const root = createRootRoute({
  component: Shell,
  notFoundComponent: NotFoundPage,
  // What no screen asks for is dropped here, or it would reach the screens unchecked.
  validateSearch: () => ({}),
});

const home = createRoute({ getParentRoute: () => root, path: "/", component: HomePage });

const sensors = createRoute({
  getParentRoute: () => root,
  path: "/sensors",
  validateSearch: sensorsSearch,
  component: lazyRouteComponent(() => import("../features/sensors/index.ts"), "SensorsPage"),
});
const sensor = createRoute({
  getParentRoute: () => root,
  path: "/sensors/$sensorId",
  validateSearch: sensorSearch,
  component: lazyRouteComponent(() => import("../features/sensors/index.ts"), "SensorPage"),
});
const data = createRoute({
  getParentRoute: () => root,
  path: "/data",
  validateSearch: dataSearch,
  component: lazyRouteComponent(() => import("../features/data/index.ts"), "DataPage"),
});
const kit = createRoute({
  getParentRoute: () => root,
  path: "/kit",
  component: lazyRouteComponent(() => import("../features/kit/index.ts"), "KitPage"),
});
const ideas = createRoute({
  getParentRoute: () => root,
  path: "/ideas",
  validateSearch: ideasSearch,
  component: lazyRouteComponent(() => import("../features/ideas/index.ts"), "IdeasPage"),
});
const idea = createRoute({
  getParentRoute: () => root,
  path: "/ideas/$ideaId",
  validateSearch: ideaSearch,
  component: lazyRouteComponent(() => import("../features/ideas/index.ts"), "IdeaPage"),
});
const projects = createRoute({
  getParentRoute: () => root,
  path: "/projects",
  component: lazyRouteComponent(() => import("../features/projects/index.ts"), "ProjectsPage"),
});
const project = createRoute({
  getParentRoute: () => root,
  path: "/projects/$projectId",
  validateSearch: projectSearch,
  component: lazyRouteComponent(() => import("../features/projects/index.ts"), "ProjectPage"),
});
const map = createRoute({
  getParentRoute: () => root,
  path: "/map",
  validateSearch: mapSearch,
  component: lazyRouteComponent(() => import("../features/map/index.ts"), "MapPage"),
});
const inbox = createRoute({
  getParentRoute: () => root,
  path: "/inbox",
  component: lazyRouteComponent(() => import("../features/inbox/index.ts"), "InboxPage"),
});
const sharing = createRoute({
  getParentRoute: () => root,
  path: "/sharing",
  validateSearch: sharingSearch,
  component: lazyRouteComponent(() => import("../features/sharing/index.ts"), "SharingPage"),
});
const settings = createRoute({
  getParentRoute: () => root,
  path: "/settings",
  component: lazyRouteComponent(() => import("../features/settings/index.ts"), "SettingsPage"),
});
const help = createRoute({
  getParentRoute: () => root,
  path: "/help",
  validateSearch: helpSearch,
  component: lazyRouteComponent(() => import("../features/help/index.ts"), "HelpPage"),
});
const welcome = createRoute({
  getParentRoute: () => root,
  path: "/welcome",
  validateSearch: welcomeSearch,
  component: lazyRouteComponent(() => import("../features/welcome/index.ts"), "WelcomePage"),
});
const wall = createRoute({
  getParentRoute: () => root,
  path: "/wall",
  component: lazyRouteComponent(() => import("../features/wall/index.ts"), "WallPage"),
});
const start = createRoute({
  getParentRoute: () => root,
  path: "/start",
  component: lazyRouteComponent(() => import("../features/welcome/index.ts"), "FirstSensorPage"),
});
const habits = createRoute({
  getParentRoute: () => root,
  path: "/start/habits",
  component: lazyRouteComponent(() => import("../features/welcome/index.ts"), "HabitsPage"),
});

const routeTree = root.addChildren([
  home,
  sensors,
  sensor,
  data,
  kit,
  ideas,
  idea,
  projects,
  project,
  map,
  inbox,
  sharing,
  settings,
  help,
  welcome,
  start,
  habits,
  wall,
]);

/** Creates the routes; addresses live behind `#`, so that every host can serve one file. */
export function createAppRouter(history: RouterHistory = createHashHistory()) {
  return createRouter({
    routeTree,
    history,
    defaultErrorComponent: RouteFailure,
    defaultNotFoundComponent: NotFoundPage,
    defaultPreload: "intent",
    scrollRestoration: true,
    defaultPendingMs: 300,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
