import { readFileSync } from "node:fs";
import { ERROR_TABLE } from "@ecolocal/core/api";
import { describe, expect, it } from "vitest";
import { EXIT } from "../src/exit-codes.ts";
import { runCli } from "./run-cli.ts";

interface CommandEntry {
  readonly id: string;
  readonly summary?: string;
  readonly examples?: readonly { readonly description: string; readonly command: string }[];
  readonly flags: Readonly<Record<string, { readonly summary?: string; readonly description?: string }>>;
}

const manifest: { commands: Readonly<Record<string, CommandEntry>> } = JSON.parse(
  readFileSync(new URL("../oclif.manifest.json", import.meta.url), "utf8"),
);
const commands = Object.values(manifest.commands);
const words = (id: string) => id.split(":");

it("has the exit codes it has published", () => {
  expect(EXIT).toEqual({
    ok: 0,
    unexpected: 1,
    usage: 2,
    partial: 3,
    notFound: 4,
    retryable: 5,
    permission: 6,
    invalid: 7,
    locked: 8,
    nothingToDo: 9,
    notInitialised: 10,
    unknownCommand: 127,
    interrupted: 130,
  });
  const published = new Set<number>(Object.values(EXIT));
  expect(Object.entries(ERROR_TABLE).filter(([, { exit }]) => !published.has(exit))).toEqual([]);
});

describe.each(commands.map((command) => [words(command.id).join(" "), command] as const))(
  "ecolocal %s",
  (name, command) => {
    it("says what it does, shows examples of itself, and explains every flag", async () => {
      expect(command.summary).toBeTruthy();
      const examples = command.examples ?? [];
      expect(examples.filter(({ description }) => !description)).toEqual([]);
      expect(examples.some((example) => example.command.includes(`<%= config.bin %> ${name}`))).toBe(true);
      expect(Object.entries(command.flags).filter(([, flag]) => !flag.summary && !flag.description)).toEqual([]);
      const help = await runCli([...words(command.id), "--help"]);
      expect(help.status).toBe(0);
      expect(help.stdout).toContain("EXAMPLES");
      expect(help.stderr).toBe("");
    });

    it("refuses an unknown flag with exit code 2 and a hint, as text and as JSON", async () => {
      const [text, json] = await Promise.all([
        runCli([...words(command.id), "--no-such-flag"]),
        runCli([...words(command.id), "--no-such-flag", "--json"]),
      ]);
      expect(text).toMatchObject({ status: 2, stdout: "" });
      expect(text.stderr).toContain("CLI_USAGE");
      expect(text.stderr).toContain(`ecolocal ${name} --help`);
      expect(json.status).toBe(2);
      expect(json.stderr).toBe("");
      expect(JSON.parse(json.stdout)).toEqual({
        error: {
          code: "CLI_USAGE",
          message: expect.any(String),
          detail: expect.any(String),
          hint: expect.stringContaining("--help"),
          subject: name,
          exit: 2,
        },
      });
    });
  },
);

it("answers an unknown command with exit code 127 and the nearest known one", async () => {
  const text = await runCli(["sensr", "list"]);
  expect(text).toMatchObject({ status: 127, stdout: "" });
  expect(text.stderr).toContain("Did you mean: ecolocal sensor list");
  const json = await runCli(["sing", "--json"]);
  expect(json.status).toBe(127);
  expect(JSON.parse(json.stdout)).toMatchObject({ error: { code: "CLI_COMMAND_UNKNOWN", exit: 127 } });
});

it("prints its version and its help on stdout", async () => {
  expect((await runCli(["--version"])).stdout).toMatch(/^@ecolocal\/cli\/\d+\.\d+\.\d+ /);
  const help = await runCli(["--help"]);
  expect(help.status).toBe(0);
  expect(help.stdout).toContain("sensor");
});
