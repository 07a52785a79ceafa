import { type Finding, isTestFile, isText, type Repository, withoutComments } from "./repository.ts";

const MAX_LINES = 400;

/** Source files that have grown past what one idea needs; generated files say so in their name. */
export function longFileFindings(repository: Repository): Finding[] {
  return repository.files
    .filter((file) => /\.(ts|tsx|mjs|js|css)$/.test(file) && !/\.generated\.ts$/.test(file))
    .flatMap((file) => {
      const lines = repository.read(file).trimEnd().split("\n").length;
      return lines > MAX_LINES
        ? [{ file, problem: `has ${lines} lines; split it by responsibility (${MAX_LINES} at most)` }]
        : [];
    });
}

/** Reading the environment anywhere but in a `config` folder. */
export function environmentFindings(repository: Repository): Finding[] {
  return repository.files
    .filter((file) => /^(packages|apps)\/[^/]+\/src\/.*\.tsx?$/.test(file))
    .filter((file) => !isTestFile(file) && !file.includes("/config/"))
    .filter((file) => /\bprocess\s*\.\s*env\b|\bprocess\s*\[\s*["']env/.test(withoutComments(repository.read(file))))
    .map((file) => ({ file, problem: "reads process.env outside a config folder" }));
}

// Put together here, so that this file does not name what it forbids.
const slash = (...parts: string[]) => parts.join("/");
const MACHINE_MARKS = [
  slash("", "work", "(main|shared)"),
  slash("", "root", "[a-zA-Z.]"),
  slash("", "opt", "n24"),
  slash("", "tmp", "brief"),
  ["registry", "npmjs", "org"].join("\\."),
  ["registry", "npmmirror"].join("\\."),
];

/** Paths of the machine something was made on, and hosts of package registries. */
export function machineFindings(repository: Repository): Finding[] {
  const pattern = new RegExp(MACHINE_MARKS.join("|"));
  return repository.files.filter(isText).flatMap((file) =>
    repository
      .read(file)
      .split("\n")
      .flatMap((line, index) => {
        const [mark] = pattern.exec(line) ?? [];
        return mark === undefined ? [] : [{ file, problem: `line ${index + 1} names ${mark}` }];
      }),
  );
}

const UNFINISHED = new RegExp(`\\b(${["TO", "DO"].join("")}|${["FIX", "ME"].join("")})\\b`);

/** Marks of unfinished work, and tests that are switched off or that switch others off. */
export function unfinishedFindings(repository: Repository): Finding[] {
  return repository.files
    .filter((file) => /\.(ts|tsx|mjs)$/.test(file))
    .flatMap((file) => {
      const source = repository.read(file);
      const mark = UNFINISHED.exec(source)?.[1];
      const off = isTestFile(file) ? /\b(?:it|test|describe)\.(only|skip|todo)\b/.exec(source)?.[1] : undefined;
      return [
        ...(mark === undefined ? [] : [{ file, problem: `is marked ${mark}` }]),
        ...(off === undefined ? [] : [{ file, problem: `has a test with .${off}` }]),
      ];
    });
}
