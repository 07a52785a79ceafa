import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { ERROR_TABLE } from "@ecolocal/core/api";
import { Config, loadHelpClass } from "@oclif/core";
import { describe, expect, it } from "vitest";
import { EXIT } from "../src/exit-codes.ts";
import { runCli } from "./run-cli.ts";

interface CommandEntry {
  readonly id: string;
  readonly summary?: string;
  readonly examples?: readonly { readonly description: string; readonly command: string }[];
  readonly flags: Readonly<Record<string, FlagEntry>>;
}

interface FlagEntry {
  readonly summary?: string;
  readonly description?: string;
  readonly required?: boolean;
  readonly char?: string;
}

const manifest: { commands: Readonly<Record<string, CommandEntry>> } = JSON.parse(
  readFileSync(new URL("../oclif.manifest.json", import.meta.url), "utf8"),
);
const commands = Object.values(manifest.commands);
const words = (id: string) => id.split(":");
const config = await Config.load(fileURLToPath(new URL("..", import.meta.url)));
const HelpClass = await loadHelpClass(config);

/** Flags without which a command that an example names would be refused. */
function missingFlags(example: string): string[] {
  const [, typed = ""] = /<%= config\.bin %> ([a-z -]+?)(?: [^a-z]|$)/.exec(example) ?? [];
  const named = commands.filter(({ id }) => `${typed} `.startsWith(`${words(id).join(" ")} `));
  const longest = named.sort((a, b) => b.id.length - a.id.length)[0];
  return Object.entries(longest?.flags ?? {})
    .filter(
      ([name, { required, char }]) => required && !example.includes(`--${name} `) && !example.includes(` -${char} `),
    )
    .map(([name]) => name);
}

/** The help of a command as the program prints it; all of them as processes of their own would take a minute. */
async function helpOf(argv: string[]): Promise<string> {
  const printed: string[] = [];
  const help = new HelpClass(config, config.pjson.oclif.helpOptions);
  Object.assign(help, { log: (...parts: string[]) => void printed.push(...parts) });
  await help.showHelp(argv);
  return printed.join("\n");
}

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
      expect(examples.flatMap((example) => missingFlags(example.command))).toEqual([]);
      expect(Object.entries(command.flags).filter(([, flag]) => !flag.summary && !flag.description)).toEqual([]);
      expect(await helpOf([...words(command.id), "--help"])).toContain("EXAMPLES");
    });

    it("refuses an unknown flag with exit code 2 and a hint", async () => {
      const text = await runCli([...words(command.id), "--no-such-flag"]);
      expect(text).toMatchObject({ status: 2, stdout: "" });
      expect(text.stderr).toContain("CLI_USAGE");
      expect(text.stderr).toContain(`ecolocal ${name} --help`);
    });
  },
);

it.each(["status", "data query", "sensor read"])("refuses as JSON what %s does not know", async (name) => {
  const json = await runCli([...name.split(" "), "--no-such-flag", "--json"]);
  expect(json).toMatchObject({ status: 2, stderr: "" });
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

it("says only what is wrong with flags that do not go together", async () => {
  const { stderr } = await runCli(["sensor", "simulate", "sds011", "--fault", "drop=0.1"]);
  expect(stderr).toContain("  All of the following must be provided when using --fault: --pty\n");
  expect(stderr).not.toContain("error occurred");
});

it("asks for the value of a flag that was given none", async () => {
  const text = await runCli(["sensor", "add", "--driver", "sds011", "--name", "Kitchen", "--port"]);
  expect(text).toMatchObject({ status: 2, stdout: "" });
  expect(text.stderr).toContain("Flag --port expects a value");
  expect(text.stderr).toContain("CLI_USAGE");
});

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
  for (const argv of [["--help"], ["sensor", "list", "--help"]]) {
    const help = await runCli(argv);
    expect(help).toMatchObject({ status: 0, stderr: "" });
    expect(help.stdout).toContain("sensor");
  }
});
