import fc from "fast-check";
import { expect, test } from "vitest";
import { loadKnowledge } from "../knowledge/index.ts";
import { expectedSchedule, pertMean, type SchedulableTask, templateToPlan } from "./index.ts";

const knowledge = loadKnowledge();
const plan = (id: string, units?: number) => {
  const project = knowledge.projectType(id);
  if (project === undefined) throw new Error(`no project ${id}`);
  return templateToPlan(project, units ?? project.defaultUnits, knowledge);
};
const schedule = (tasks: readonly SchedulableTask[], startOn = "2026-11-25") => {
  const result = expectedSchedule(tasks, startOn);
  if (!result.ok) throw new Error(result.error.detail);
  return result.value;
};
const task = (templateId: string, days: number, after: readonly string[] = []): SchedulableTask => ({
  templateId,
  days: [days, days, days],
  after,
});

test("six air cleaners become six tasks in three phases with materials, budget and reserve", () => {
  const cleaners = plan("air.box-fan-cleaners");
  expect(cleaners.tasks.map((t) => t.templateId)).toEqual(["baseline", "rooms", "buy", "build", "place", "verify"]);
  expect(cleaners.phases).toEqual([
    { id: "prepare", name: "Prepare", taskIds: ["baseline", "rooms", "buy"] },
    { id: "act", name: "Do it", taskIds: ["build", "place"] },
    { id: "check", name: "Check the effect", taskIds: ["verify"] },
  ]);
  expect(cleaners.tasks[3]).toMatchObject({ hours: 13, days: [1, 1, 2], after: ["buy"] });
  expect(cleaners.hours).toEqual({ lo: 26, likely: 37.2, hi: 59.5 });
  expect(cleaners.materials[1]).toMatchObject({ resourceId: "res.filters", quantity: 24, cost: [192, 288, 480] });
  expect(cleaners.budget.map((line) => line.cost)).toEqual([
    [20, 40, 80],
    [360, 540, 900],
    [58, 87, 174],
  ]);
  expect(cleaners.budget.map((line) => line.ver)).toEqual(["S", "S", "A"]);
});

test("skills that need proof are marked so that nobody is sent to the mains unproven", () => {
  const skills = plan("energy.community-pv").tasks.flatMap((t) => t.skills);
  expect(skills.find((skill) => skill.id === "skill.pv-install")).toMatchObject({
    regulated: true,
    label: "Solar PV installation",
  });
});

test("every project type of the catalogue becomes a plan that can be scheduled and stored", () => {
  for (const { id, tasks } of knowledge.projectTypes) {
    const made = plan(id);
    const placed = schedule(made.tasks);
    expect(placed.tasks).toHaveLength(tasks.length);
    expect(
      placed.tasks.some((t) => t.critical),
      id,
    ).toBe(true);
    expect(JSON.parse(JSON.stringify(made)), id).toEqual(made);
  }
});

test("tasks start when those before them are finished, and the longest path is critical", () => {
  const placed = schedule([task("a", 3), task("b", 1), task("c", 2, ["a", "b"])]);
  expect(placed).toEqual({
    startOn: "2026-11-25",
    endOn: "2026-11-29",
    tasks: [
      { templateId: "a", expectedDays: 3, startOn: "2026-11-25", endOn: "2026-11-27", critical: true },
      { templateId: "b", expectedDays: 1, startOn: "2026-11-25", endOn: "2026-11-25", critical: false },
      { templateId: "c", expectedDays: 2, startOn: "2026-11-28", endOn: "2026-11-29", critical: true },
    ],
  });
});

test("the 34.5 expected days of the air cleaners end on the thirty-fifth calendar day", () => {
  const { tasks, endOn } = schedule(plan("air.box-fan-cleaners").tasks, "2026-01-01");
  expect(endOn).toBe("2026-02-04");
  expect(tasks.filter((t) => t.critical).map((t) => t.templateId)).toEqual([
    "rooms",
    "buy",
    "build",
    "place",
    "verify",
  ]);
});

test("removed predecessors are ignored, circles and impossible days are refused", () => {
  expect(schedule([task("b", 1, ["gone"])]).endOn).toBe("2026-11-25");
  expect(schedule([]).endOn).toBe("2026-11-25");
  expect(expectedSchedule([task("a", 1, ["b"]), task("b", 1, ["a"])], "2026-11-25")).toMatchObject({
    error: { code: "TASK_DEPENDENCY_CYCLE" },
  });
  expect(expectedSchedule([], "2026-02-30")).toMatchObject({ error: { code: "PLANNING_DAY_INVALID" } });
});

test("the mean of a three-point estimate weighs the likely value four times", () => {
  expect(pertMean([2, 5, 20])).toBe(7);
});

test("no task starts before its predecessors end, and longer tasks never end the plan earlier", () => {
  const days = fc
    .tuple(fc.nat(9), fc.nat(9), fc.nat(9))
    .map((three) => [...three].sort((a, b) => a - b) as [number, number, number]);
  const plans = fc.array(fc.record({ days, before: fc.array(fc.nat(100), { maxLength: 3 }) }), {
    minLength: 1,
    maxLength: 12,
  });
  fc.assert(
    fc.property(plans, fc.nat(11), (made, longer) => {
      const tasks = made.map(
        ({ days: three, before }, i): SchedulableTask => ({
          templateId: String(i),
          days: three,
          after: i === 0 ? [] : before.map((b) => String(b % i)),
        }),
      );
      const placed = schedule(tasks);
      const byId = new Map(placed.tasks.map((t) => [t.templateId, t]));
      for (const { templateId, after } of tasks) {
        for (const id of after) expect(byId.get(templateId)!.startOn >= byId.get(id)!.startOn).toBe(true);
      }
      const stretched = tasks.map((t, i) =>
        i === longer % tasks.length ? { ...t, days: t.days.map((d) => d + 5) as [number, number, number] } : t,
      );
      expect(schedule(stretched).endOn >= placed.endOn).toBe(true);
    }),
  );
});
