import type { Finding, Repository } from "./repository.ts";

/** Commands in fenced code of the guides that do not exist. */
export function commandFindings(repository: Repository): Finding[] {
  const scripts = new Set(Object.keys(JSON.parse(repository.read("package.json")).scripts ?? {}));
  const commands = cliCommands(repository);
  return repository.files
    .filter((file) => /^(README\.md|CONTRIBUTING\.md|docs\/.*\.md)$/.test(file))
    .flatMap((file) =>
      fencedLines(repository.read(file)).flatMap((line) => {
        const problem = npmProblem(line, scripts) ?? cliProblem(line, commands);
        return problem === undefined ? [] : [{ file, problem }];
      }),
    );
}

/** Command ids with spaces, from the files that hold them. */
export function cliCommands(repository: Repository): ReadonlySet<string> {
  const folder = "apps/cli/src/commands/";
  const own = repository.files
    .filter((file) => file.startsWith(folder) && file.endsWith(".ts") && !file.endsWith(".test.ts"))
    .map((file) =>
      file
        .slice(folder.length, -".ts".length)
        .replace(/\/index$/, "")
        .replaceAll("/", " "),
    );
  return new Set([...own, "help", "autocomplete"]);
}

function fencedLines(markdown: string): string[] {
  const fences = [...markdown.matchAll(/^```[a-z]*\n([\s\S]*?)^```/gm)].map(([, body]) => body ?? "");
  return fences.flatMap((body) => body.split("\n")).map((line) => line.replace(/^\s*\$\s+/, "").trim());
}

const BUILT_IN = new Set(["ci", "install", "start", "test", "exec", "pack", "audit", "ls", "view"]);

function npmProblem(line: string, scripts: ReadonlySet<string>): string | undefined {
  const [, run, word] = /^npm (run )?([\w:-]+)/.exec(line) ?? [];
  if (word === undefined) return undefined;
  const known = run === undefined && BUILT_IN.has(word) ? word !== "start" && word !== "test" : false;
  return known || scripts.has(word) ? undefined : `says "npm ${run ?? ""}${word}", which is no script`;
}

function cliProblem(line: string, commands: ReadonlySet<string>): string | undefined {
  const [, rest] = /^(?:npx )?ecolocal ([a-z][^|>]*)/.exec(line) ?? [];
  if (rest === undefined) return undefined;
  const words = rest.split(/\s+/).filter((word) => /^[a-z][a-z-]*$/.test(word));
  const known = commands.has(words.slice(0, 2).join(" ")) || commands.has(words[0] ?? "");
  return known ? undefined : `says "ecolocal ${words.slice(0, 2).join(" ")}", which is no command`;
}

/** Message ids written in code that no catalogue holds. */
export function messageFindings(repository: Repository): Finding[] {
  const catalogue = new Set(
    repository.files
      .filter((file) => /^packages\/messages\/src\/locale\/en\/.*\.json$/.test(file))
      .flatMap((file) => Object.keys(JSON.parse(repository.read(file)))),
  );
  return repository.files
    .filter((file) => /^(packages\/ui|packages\/engine|apps)\/.*\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
    .flatMap((file) =>
      [...repository.read(file).matchAll(/\b(?:message|t)\(\s*"([a-z][\w-]*(?:\.[\w-]+)+)"/g)]
        .flatMap(([, id]) => (id === undefined || catalogue.has(id) ? [] : [id]))
        .map((id) => ({ file, problem: `shows the message ${id}, which no catalogue holds` })),
    );
}
