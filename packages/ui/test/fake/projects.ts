import type { ProjectSummary, ProjectView, TaskStatus, TaskView } from "@ecolocal/core/api";
import { dayOf } from "./ideas.ts";
import { fakeId } from "./ids.ts";

const DAY = 86_400_000;

type Plan = readonly [
  id: string,
  name: string,
  days: readonly [number, number, number],
  hours: number,
  after: readonly string[],
  start: number,
  end: number,
  status: TaskStatus,
];

const PLANS: readonly Plan[] = [
  ["baseline", "Log PM2.5 indoors and outdoors for a week", [7, 7, 14], 4.8, [], -9, -1, "done"],
  ["agree", "Agree rooms and noise rules with users", [2, 5, 14], 6, [], -9, -2, "doing"],
  ["buy", "Buy fans and filters", [3, 7, 21], 3.6, ["agree"], 2, 11, "todo"],
  ["build", "Build day with safety briefing", [1, 1, 2], 13, ["buy"], 11, 12, "todo"],
  ["p1ace", "Place and label with on/off rule", [1, 2, 5], 4, ["build"], 12, 15, "waiting"],
  ["verify", "On/off comparison and report", [14, 14, 28], 5.8, ["p1ace", "baseline"], 15, 31, "todo"],
];

export class FakeProjects {
  readonly #now: number;
  readonly #statuses = new Map<string, TaskStatus>();
  readonly #removed = new Set<string>();
  #accepted = false;

  constructor(now: number) {
    this.#now = now;
  }

  accept(): ProjectView {
    this.#accepted = true;
    return this.get(fakeId("routine"));
  }

  list(): ProjectSummary[] {
    const ids = ["cleaners", "solar", ...(this.#accepted ? ["routine"] : [])].map(fakeId);
    return ids.filter((id) => !this.#removed.has(id)).map((id) => summaryOf(this.get(id)));
  }

  get(id: string): ProjectView {
    const tasks = this.#tasks(id);
    const done = tasks.filter(({ status }) => status === "done").length;
    const titles: Record<string, string> = {
      [fakeId("cleaners")]: "Box-fan air cleaners for the school",
      [fakeId("solar")]: "Solar roof, school",
      [fakeId("routine")]: "CO₂-guided airing routine",
    };
    return {
      id,
      title: titles[id] ?? "Project",
      status: "active",
      recommendationId: "air.box-fan-cleaners",
      createdAt: this.#now - 10 * DAY,
      tasksDone: done,
      tasksTotal: tasks.length,
      nextTask: tasks.find(({ status, blocked }) => status !== "done" && !blocked)?.name ?? null,
      expectedEndOn: dayOf(this.#now + 31 * DAY),
      summary:
        "Volunteers assemble low-cost filter boxes so that classrooms, halls and clinics keep fine dust low on smoky or polluted days.",
      units: 6,
      unitName: "air cleaner",
      tasks,
      budget: [
        { id: fakeId("fans"), name: "Box fan, 6 pieces", cost: { lo: 150, likely: 210, hi: 360 }, currency: "EUR" },
        {
          id: fakeId("fi1ters"),
          name: "MERV 13 filters, 24 pieces",
          cost: { lo: 192, likely: 288, hi: 480 },
          currency: "EUR",
        },
        { id: fakeId("tape"), name: "Tape and cardboard", cost: { lo: 24, likely: 36, hi: 48 }, currency: "EUR" },
      ],
      materials: [
        { id: fakeId("m1"), name: "Box fan with fused plug", quantity: 6, unit: "piece" },
        { id: fakeId("m2"), name: "Filter MERV 13 / ePM1", quantity: 24, unit: "piece" },
      ],
      risks: [
        {
          id: fakeId("r1"),
          risk: "Noise makes people switch it off",
          likelihood: "high",
          severity: "medium",
          response: "Use lower speed and bigger filter area; place near the inlet, not next to the speaker.",
        },
        {
          id: fakeId("r2"),
          risk: "Fire or tipping of the fan",
          likelihood: "low",
          severity: "high",
          response: "Only fans with fused plug and thermal cut-out; never unattended.",
        },
      ],
      why: "Indoor PM2.5 was above the WHO 24-hour guideline on 5 of the last 14 days (median 19 µg/m³, limit 15 µg/m³).",
      catalogueVersion: "0.1",
    };
  }

  setStatus(projectId: string, taskId: string, status: TaskStatus): { task: TaskView; project: ProjectSummary } {
    this.#statuses.set(`${projectId}/${taskId}`, status);
    const project = this.get(projectId);
    const task = project.tasks.find(({ id }) => id === taskId);
    if (task === undefined) throw new Error("The fixture has no such task.");
    return { task, project: summaryOf(project) };
  }

  setRemoved(id: string, removed: boolean): ProjectSummary {
    if (removed) this.#removed.add(id);
    else this.#removed.delete(id);
    return summaryOf(this.get(id));
  }

  #tasks(projectId: string): TaskView[] {
    const statusOf = (id: string, fallback: TaskStatus): TaskStatus =>
      this.#statuses.get(`${projectId}/${fakeId(id)}`) ?? fallback;
    return PLANS.map(([id, name, [lo, likely, hi], hours, after, start, end, status], index) => ({
      id: fakeId(id),
      name,
      status: statusOf(id, status),
      order: `a${index}`,
      durationDays: { lo, likely, hi },
      hours,
      dependsOn: after.map(fakeId),
      skills: id === "build" ? ["assembly", "safety"] : [],
      notes: "",
      startOn: dayOf(this.#now + start * DAY),
      endOn: dayOf(this.#now + end * DAY),
      blocked: after.some(
        (other) => statusOf(other, PLANS.find((plan) => plan[0] === other)?.[7] ?? "todo") !== "done",
      ),
    }));
  }
}

function summaryOf(view: ProjectView): ProjectSummary {
  const { id, title, status, recommendationId, createdAt, tasksDone, tasksTotal, nextTask, expectedEndOn } = view;
  return { id, title, status, recommendationId, createdAt, tasksDone, tasksTotal, nextTask, expectedEndOn };
}
