import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { LOCALES, loadCatalogue } from "@ecolocal/messages";
import { expect, it } from "vitest";
import { labelId } from "../src/output/label.ts";

const root = join(import.meta.dirname, "../src");
const sources = globSync("**/*.ts", { cwd: root })
  .filter((path) => !path.endsWith(".test.ts"))
  .map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));
const cli = await loadCatalogue("en", ["cli"]);

it("every header of a table has a name in every language", () => {
  const headers = sources.flatMap(({ text }) =>
    [...text.matchAll(/header: "([^"]+)"/g)].map((match) => match[1] ?? ""),
  );
  expect(headers.length).toBeGreaterThan(80);
  expect(headers.filter((header) => cli[labelId(header)] === undefined)).toEqual([]);
});

it("every text that a command says is in the catalogue", () => {
  const said = sources.flatMap(({ path, text }) =>
    [...text.matchAll(/\bsay\(\s*"([^"]+)"/g)].map((match) => ({ path, id: `cli.${match[1]}` })),
  );
  expect(said.length).toBeGreaterThan(60);
  expect(said.filter(({ id }) => cli[id] === undefined)).toEqual([]);
});

it("the catalogue keeps no text that no command says", () => {
  const all = sources.map(({ text }) => text).join("\n");
  const families = ["cli.label.", "cli.calibrate.warning."];
  const texts = Object.keys(cli).filter((id) => id !== "cli.name" && !families.some((begin) => id.startsWith(begin)));
  expect(texts.filter((id) => !all.includes(`"${id.slice("cli.".length)}"`) && !all.includes(`"${id}"`))).toEqual([]);
});

it("commands in texts are typed the same in every language", async () => {
  const commands = (text = ""): string => [...text.matchAll(/ecolocal [a-z ]+/g)].map(([name]) => name.trim()).join();
  for (const locale of LOCALES) {
    const own = await loadCatalogue(locale, ["cli"]);
    expect(Object.keys(cli).filter((id) => commands(own[id]) !== commands(cli[id]))).toEqual([]);
  }
});
