import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { CLI, plainEnvironment, runCli } from "./run-cli.ts";

const ESCAPE = String.fromCharCode(27);

/** Runs a shell line in which `ecolocal` is the built CLI, and returns the exit codes of its pipe. */
function shell(line: string) {
  const program = `ecolocal() { "${process.execPath}" "${CLI}" "$@"; }; ${line}; echo "codes: \${PIPESTATUS[*]}" >&2`;
  const { stdout, stderr } = spawnSync("bash", ["-c", program], { encoding: "utf8", env: plainEnvironment() });
  const codes = /codes: ([\d ]+)/.exec(stderr)?.[1]?.split(" ").map(Number) ?? [];
  return { stdout, stderr: stderr.replace(/codes: .*\n/, ""), codes };
}

/** Runs the CLI on a terminal of its own; `script` (util-linux) makes one. */
function onTerminal(args: string, env: Record<string, string> = {}) {
  const command = `'${process.execPath}' '${CLI}' ${args}`;
  return spawnSync("script", ["-qefc", command, "/dev/null"], {
    encoding: "utf8",
    env: { ...plainEnvironment(), TERM: "xterm-256color", ...env },
    input: "",
    timeout: 20_000,
  });
}

it("ends quietly with 0 when the reader of its pipe goes away", () => {
  const { stdout, stderr, codes } = shell("ecolocal explain --format ndjson | head -1");
  expect(codes).toEqual([0, 0]);
  expect(stderr).toBe("");
  expect(JSON.parse(stdout)).toHaveProperty("code");
});

it("ends quietly with 0 when the reader of an endless stream goes away", () => {
  const line =
    "ecolocal sensor simulate lines --count 200000 --at-once | ecolocal sensor decode lines - --json | head -2";
  const { stdout, stderr, codes } = shell(line);
  expect(codes).toEqual([0, 0, 0]);
  expect(stderr).toBe("");
  expect(stdout.trim().split("\n")).toHaveLength(2);
});

it("prints the same columns tab-separated, without colour, in a pipe", async () => {
  const run = await runCli(["sensor", "drivers"]);
  expect(run.stdout.split("\n")[0]).toBe("id\ttitle\tquantities\tsummary");
  expect(run.stdout).not.toContain(ESCAPE);
});

it("shows, sorts and filters the columns it is asked for", async () => {
  const sorted = await runCli(["sensor", "drivers", "--columns", "id", "--sort", "-id", "--no-header"]);
  const ids = sorted.stdout.trimEnd().split("\n");
  expect(ids).toEqual(ids.toSorted().reverse());
  const filtered = await runCli([
    "sensor",
    "drivers",
    "--columns",
    "id,title",
    "--filter",
    "id=SDS011",
    "--format",
    "csv",
  ]);
  expect(filtered.stdout).toMatch(/^id,title\nsds011,[^\n]+\n$/);
  const wrong = await runCli(["sensor", "drivers", "--columns", "colour"]);
  expect(wrong.status).toBe(2);
  expect(wrong.stderr).toContain("Columns are: id, title, quantities, summary");
});

it("colours errors only on wish in a pipe", async () => {
  const forced = await runCli(["explain", "NO_SUCH"], { env: { FORCE_COLOR: "1" } });
  expect(forced.stderr).toContain(ESCAPE);
  const refused = await runCli(["explain", "NO_SUCH"], { env: { FORCE_COLOR: "1", NO_COLOR: "1" } });
  expect(refused.stderr).not.toContain(ESCAPE);
  expect((await runCli(["explain", "NO_SUCH", "--no-color"], { env: { FORCE_COLOR: "1" } })).stderr).not.toContain(
    ESCAPE,
  );
  expect((await runCli(["explain", "NO_SUCH"])).stderr).not.toContain(ESCAPE);
});

describe.skipIf(process.platform !== "linux")("on a terminal", () => {
  it("prints a table with headings and colour", () => {
    const { stdout } = onTerminal("sensor drivers");
    expect(stdout).toContain("DRIVER");
    expect(stdout).toContain(ESCAPE);
  });

  it.each([
    ["NO_COLOR", "sensor drivers", { NO_COLOR: "1" }],
    ["TERM=dumb", "sensor drivers", { TERM: "dumb" }],
    ["--no-color", "sensor drivers --no-color", {}],
  ])("prints no colour with %s", (_, args, env) => {
    expect(onTerminal(args, env).stdout).not.toContain(ESCAPE);
  });

  it("asks nothing: what is missing is an error at once", () => {
    for (const args of ["sensor decode --no-input", "sensr list --no-input", "sensr list", "sensor decode sds011"]) {
      const { status, error } = onTerminal(args);
      expect(error).toBeUndefined();
      expect([2, 127]).toContain(status);
    }
  });
});
