import { loadKnowledge } from "@ecolocal/core/knowledge";
import { DAY_MS, type Failure, ok, type Result, type Ulid } from "@ecolocal/core/shared";
import { openProjects, type Projects } from "../projects/index.ts";
import { createRecommending } from "../recommending/index.ts";
import { createStore, type Store } from "../store/index.ts";
import { DEMO_DAYS } from "./demo-history.ts";

/** What the demo's neighbourhood did with its ideas, by the day on which it did so. */
const STORIES = [
  { day: 12, id: "edu.sensing-network", title: "Three more sensors in our street", done: "all", status: "done" },
  { day: 71, id: "air.box-fan-cleaners", title: "Air cleaners for the community room", done: 3, status: "active" },
  { day: 84, id: "energy.led-swap", title: "LED swap round", done: 0, status: "paused" },
] as const;
const DISMISSED = [
  { day: 60, id: "air.anti-idling", action: "dismissed", reason: "Nobody waits with a running engine in our street." },
  { day: 77, id: "heat.depave", action: "wrong", reason: "The yard is to be built over next year." },
] as const;

/** Lets the demo's people accept, finish and dismiss ideas, each at its time. */
export function actOutDemo(store: Store): Result<void, Failure> {
  const now = store.clock.now();
  const atDay = (day: number): Store =>
    createStore(store.db, { ids: store.ids, clock: { now: () => now - (DEMO_DAYS - day) * DAY_MS } });
  for (const { day, id, action, reason } of DISMISSED) {
    const then = atDay(day);
    const written = store.db.write("demo.dismiss", id, () =>
      then.feedback.add({ recommendationId: id, action, reason, at: then.clock.now(), projectId: null }),
    );
    if (!written.ok) return written;
  }
  for (const story of STORIES) {
    const told = actOutProject(atDay(story.day), story);
    if (!told.ok) return told;
  }
  return ok(undefined);
}

function actOutProject(store: Store, story: (typeof STORIES)[number]): Result<void, Failure> {
  const opened = openProjects(store);
  if (!opened.ok) return opened;
  const projects = opened.value;
  try {
    const started = createRecommending(store, loadKnowledge()).accept(story.id, projects, { title: story.title });
    return started.ok ? makeProgress(projects, started.value, story) : started;
  } finally {
    projects.close();
  }
}

function makeProgress(projects: Projects, id: Ulid, story: (typeof STORIES)[number]): Result<void, Failure> {
  const tasks = projects.rows.tasks(id);
  const done = story.done === "all" ? tasks.length : story.done;
  for (const task of tasks.slice(0, done)) {
    const changed = projects.setTaskStatus(id, task.id, "done");
    if (!changed.ok) return changed;
  }
  const next = tasks[done];
  if (next && story.status === "active") {
    const changed = projects.setTaskStatus(id, next.id, "doing");
    if (!changed.ok) return changed;
  }
  return projects.setStatus(id, story.status);
}
