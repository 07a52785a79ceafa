import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCli } from "./run-cli.ts";

const home = mkdtempSync(join(tmpdir(), "ecolocal-demo-"));
const env = { ECOLOCAL_DATA_DIR: join(home, "data"), ECOLOCAL_CONFIG_DIR: join(home, "config") };

async function json(args: readonly string[]) {
  const { stdout, stderr } = await runCli([...args, "--json"], { env, cwd: home });
  expect(stderr).toBe("");
  return JSON.parse(stdout);
}

afterAll(() => rmSync(home, { recursive: true, force: true, maxRetries: 5 }));

describe("in the demo workspace", () => {
  beforeAll(async () => {
    const run = await runCli(["demo"], { env, cwd: home });
    expect(run.stderr).not.toContain("✗");
    expect(run.status).toBe(0);
  }, 120_000);

  it("there are readings at once, and the workspace is used without being named", async () => {
    const status = await json(["status"]);
    expect(status.kind).toBe("demo");
    expect(status.counts.readings).toBeGreaterThan(1000);
  });

  it("an idea carries its evidence, its impact and what it takes", async () => {
    const { recommendations } = await json(["recommend", "list", "--status", "suggested"]);
    expect(recommendations.length).toBeGreaterThan(0);
    const idea = await json(["recommend", "show", recommendations[0].id]);
    expect(idea.evidence.length).toBeGreaterThan(0);
    expect(idea.why.text).toMatch(/.+/);
    for (const { p10, p50, p90 } of idea.impact) {
      expect(p10).toBeLessThanOrEqual(p50);
      expect(p50).toBeLessThanOrEqual(p90);
    }
    const text = await runCli(["recommend", "show", recommendations[0].id], { env, cwd: home });
    expect(text.stdout).toContain("Evidence");
  });

  it("an accepted idea is a project whose tasks can be done", async () => {
    const { recommendations } = await json(["recommend", "list", "--status", "suggested"]);
    const id = recommendations[0].id;
    const before = (await json(["project", "list"])).projects;
    expect(await json(["recommend", "accept", id, "--dry-run"])).toMatchObject({ dryRun: true, id });
    expect((await json(["project", "list"])).projects).toEqual(before);
    const project = await json(["recommend", "accept", id, "--title", "First try"]);
    expect(project).toMatchObject({ title: "First try", recommendationId: id });
    expect(project.tasks.length).toBeGreaterThan(0);
    const done = await json(["project", "task", "First try", "1", "done"]);
    expect(done).toMatchObject({ task: { status: "done" }, project: { tasksDone: 1 } });
    const shown = await runCli(["project", "show", "first try"], { env, cwd: home });
    expect(shown.stdout).toContain("[x]  1.");
    expect((await json(["project", "list"])).projects).toHaveLength(before.length + 1);
  });

  it("a dismissed idea is left out until it is asked for or taken back", async () => {
    const ids = async (...flags: string[]) =>
      (await json(["recommend", "list", ...flags])).recommendations.map(({ id }: { id: string }) => id);
    const [last] = (await ids()).slice(-1);
    await json(["recommend", "dismiss", last, "--reason", "No garden here"]);
    expect(await ids()).not.toContain(last);
    expect(await ids("--all")).toContain(last);
    await json(["recommend", "dismiss", last, "--undo"]);
    expect(await ids()).toContain(last);
  });

  it("an idea or project that does not exist is answered with exit code 4", async () => {
    for (const args of [
      ["recommend", "show", "moon_base"],
      ["project", "show", "moon base"],
    ]) {
      const run = await runCli([...args, "--json"], { env, cwd: home });
      expect(run.status).toBe(4);
      expect(JSON.parse(run.stdout).error.code).toMatch(/_NOT_FOUND$/);
    }
  });
});
