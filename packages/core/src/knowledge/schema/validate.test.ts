import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { loadKnowledge } from "../index.ts";
import { validateKnowledge } from "./index.ts";

const ROOT = new URL("../../../knowledge/", import.meta.url);
type Path = readonly (string | number)[];

function readFiles(): Record<string, unknown> {
  const paths = [
    ...readdirSync(ROOT).filter((name) => name.endsWith(".yaml") && name !== "test-vectors.yaml"),
    ...readdirSync(new URL("projects/", ROOT)).map((name) => `projects/${name}`),
  ];
  return Object.fromEntries(paths.map((path) => [path, parse(readFileSync(new URL(path, ROOT), "utf8"))]));
}

/** Replaces the value at a path of the parsed files; `undefined` removes it. */
function plant(files: Record<string, unknown>, path: Path, value: unknown): void {
  const last = path.at(-1) ?? "";
  const parent = path.slice(0, -1).reduce<unknown>((here, key) => (here as Record<string, unknown>)[key], files);
  if (value === undefined) delete (parent as Record<string, unknown>)[last];
  else (parent as Record<string, unknown>)[last] = value;
}

/** Validates a copy of the real files in which faults were planted, and returns what was found. */
function problemsAfter(...faults: readonly (readonly [Path, unknown])[]) {
  const files = readFiles();
  for (const [path, value] of faults) plant(files, path, value);
  const result = validateKnowledge(files);
  return result.ok ? [] : result.error.problems;
}
const FILE = "projects/air.yaml";
const ID = "air.box-fan-cleaners";

test("the catalogue that ships is valid", () => {
  expect(problemsAfter()).toEqual([]);
});

describe("a fault in a knowledge file is found by file, id and field", () => {
  const condition: Path = ["triggers", 0, "all", 0];
  test.each<[string, string, Path, unknown]>([
    ["an unknown metric", "triggers[0].all[0].metric", [...condition, "metric"], "pm25_moon"],
    ["an unknown statistic", "triggers[0].all[0].stat", [...condition, "stat"], "mode"],
    ["an unknown factor", "impact[0].vars.decay", ["impact", 0, "vars", "decay"], { factor: "fac.none" }],
    ["an unknown source", "triggers[0].source", ["triggers", 0, "source"], "src.none"],
    ["an unknown skill", "tasks[0].skills", ["tasks", 0, "skills"], ["skill.magic"]],
    ["an unknown resource", "materials[0].resource", ["materials", 0, "resource"], "res.none"],
    ["an unknown indicator", "impact[0].indicator", ["impact", 0, "indicator"], "ind.none"],
    ["an unknown predecessor", "tasks[2].after", ["tasks", 2, "after"], ["nothing"]],
    ["a circle of tasks", "tasks", ["tasks", 1, "after"], ["build"]],
    ["a broken formula", "impact[0].formula", ["impact", 0, "formula"], "1 - decay/(decay + cadr*"],
    ["a formula with a foreign name", "impact[0].formula", ["impact", 0, "formula"], "decay + mystery"],
    ["an unused variable", "impact[1].vars.hours", ["impact", 1, "formula"], "0 - N*watts/1000*grid"],
    ["durations out of order", "tasks[0].days", ["tasks", 0, "days"], [9, 7, 14]],
    ["a missing unit", "triggers[0].all[0].unit", [...condition, "unit"], undefined],
    ["an unknown mark", "triggers[0].ver", ["triggers", 0, "ver"], "X"],
    ["more days than the window", "triggers[0].all[0].days", [...condition, "days"], 99],
    ["an impossible month", "workMonths[0]", ["workMonths"], [13]],
    ["a misspelt field", "- (titel)", ["titel"], "x"],
  ])("%s", (_name, field, path, value) => {
    const problems = problemsAfter([[FILE, "projects", 0, ...path], value]);
    expect(problems).toContainEqual(expect.objectContaining({ file: FILE, id: ID, field }));
  });

  test("bands that do not rise", () => {
    const path: Path = ["band-sets.yaml", "sets", 1, "pollutants", 0, "upTo"];
    expect(problemsAfter([path, [5, 50, 15, 90, 140, null]])[0]).toMatchObject({
      file: "band-sets.yaml",
      id: "eu_eaqi_2024",
      field: "pollutants[0].upTo",
    });
  });

  test("breakpoint rows that overlap", () => {
    const path: Path = ["band-sets.yaml", "sets", 0, "pollutants", 0, "rows", 1, 0];
    expect(problemsAfter([path, 8])[0]).toMatchObject({ id: "us_aqi", field: "pollutants[0].rows" });
  });

  test("an id used twice", () => {
    const problems = problemsAfter([["sources.yaml", "sources", 1, "id"], "src.epa-aqi-tad-2024"]);
    expect(problems).toContainEqual(expect.objectContaining({ file: "sources.yaml", field: "id" }));
  });

  test("a factor whose likely value lies outside its range", () => {
    const problems = problemsAfter([["factors.yaml", "factors", 0, "likely"], 99]);
    expect(problems[0]).toMatchObject({ file: "factors.yaml", id: "fac.grid", field: "likely" });
  });

  test("a missing and a foreign file", () => {
    const problems = problemsAfter([["skills.yaml"], undefined], [["extra.yaml"], {}]);
    expect(problems.map((p) => p.file).sort()).toEqual(["extra.yaml", "skills.yaml"]);
  });
});

test("every fault of several files is reported at once", () => {
  const problems = problemsAfter(
    [[FILE, "projects", 0, "title"], ""],
    [["projects/water.yaml", "projects", 0, "defaultUnits"], 0],
  );
  expect(new Set(problems.map((p) => p.file))).toEqual(new Set([FILE, "projects/water.yaml"]));
});

test("the loader finds entries by id and knows the shipped numbers of entries", () => {
  const knowledge = loadKnowledge();
  expect(knowledge.projectTypes).toHaveLength(40);
  expect(knowledge.metrics).toHaveLength(66);
  expect(knowledge.projectType("air.school-street")?.title).toBe("School street trial");
  expect(knowledge.factor("fac.hp_scop")?.name).toBe("Heat pump seasonal COP (measured, retrofit)");
  expect(knowledge.source("src.who-aqg-2021")?.year).toBe(2021);
  expect(knowledge.skill("skill.electrician")?.regulated).toBe(true);
  expect(knowledge.bandSet("us_aqi")?.version).toBe("2024-05-06");
  expect(knowledge.metric("nothing")).toBeUndefined();
});
