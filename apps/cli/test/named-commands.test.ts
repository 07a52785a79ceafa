import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "..", "..", "..");
const COMMANDS = join(import.meta.dirname, "..", "src", "commands");
const NAMED = /`ecolocal ((?:[a-z][a-z-]* ?)+)((?:--[a-z-]+ ?)*)/g;

/** The source of the command that a sentence names, by its first one or two words. */
function sourceOf(words: readonly string[]): string | null {
  const [topic = "", verb = ""] = words;
  const files = [join(COMMANDS, topic, `${verb}.ts`), join(COMMANDS, `${topic}.ts`), join(COMMANDS, topic, "index.ts")];
  return files.find((file) => existsSync(file)) ?? null;
}

function missingIn(text: string): string[] {
  return [...text.matchAll(NAMED)].flatMap(([sentence, words = "", flags = ""]) => {
    if (words.trim() === "help") return [];
    const file = sourceOf(words.trim().split(" "));
    if (file === null) return [sentence];
    const source = readFileSync(file, "utf8");
    const known = (flag: string) => source.includes(`${flag.slice(2)}:`) || source.includes(`"${flag.slice(2)}"`);
    return flags.trim() === "" || flags.trim().split(/ +/).every(known) ? [] : [sentence];
  });
}

it("every sentence that names a command names one that exists, flags included", () => {
  const files = globSync("packages/messages/src/locale/*/*.json", { cwd: ROOT });
  const missing = files.flatMap((file) =>
    missingIn(readFileSync(join(ROOT, file), "utf8")).map((text) => `${file}: ${text}`),
  );
  expect(files.length).toBeGreaterThan(0);
  expect(missing).toEqual([]);
});

it("can fail: a command or a flag that does not exist is found", () => {
  expect(missingIn("Run `ecolocal sensor dance`.")).toHaveLength(1);
  expect(missingIn("Run `ecolocal sensor scan --drivers`.")).toHaveLength(1);
  expect(missingIn("Run `ecolocal sensor scan --probe`.")).toEqual([]);
});
