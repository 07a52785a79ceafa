import { LOCALES, loadCatalogue } from "@ecolocal/messages";
import { expect, it } from "vitest";
import { sourceFiles } from "./sources.ts";

const ui = Object.keys(await loadCatalogue("en", ["ui"]));
const all = new Set(Object.keys(await loadCatalogue("en", ["ui", "domain", "errors"])));
const files = sourceFiles(".ts", ".tsx");

/** Ids in quotes, and the fixed beginnings of ids that are put together. */
function mentioned(): { readonly exact: ReadonlySet<string>; readonly prefixes: ReadonlySet<string> } {
  const exact = new Set<string>();
  const prefixes = new Set<string>();
  for (const { text } of files) {
    for (const match of text.matchAll(/"([a-zA-Z][\w-]*(?:\.[\w-]+)+)"/g)) exact.add(match[1] ?? "");
    for (const match of text.matchAll(/`([a-zA-Z][\w-]*\.(?:[\w-]+\.)*[\w-]*)\$\{/g)) prefixes.add(match[1] ?? "");
  }
  return { exact, prefixes };
}

const { exact, prefixes } = mentioned();

it("shows no text that the catalogue lacks", () => {
  const wanted = files.flatMap(({ path, text }) =>
    [...text.matchAll(/\bt\(\s*"([^"]+)"/g)].map((match) => ({ path, id: match[1] ?? "" })),
  );
  expect(wanted.filter(({ id }) => !all.has(id))).toEqual([]);
});

it("keeps no text that nothing shows", () => {
  const used = (id: string): boolean => exact.has(id) || [...prefixes].some((prefix) => id.startsWith(prefix));
  expect(ui.filter((id) => !used(id))).toEqual([]);
});

it.each(LOCALES.filter((locale) => locale !== "en"))("has every text in %s, and no other", async (locale) => {
  expect(Object.keys(await loadCatalogue(locale, ["ui"])).sort()).toEqual([...ui].sort());
});

it("puts no words into a screen except through the catalogue", () => {
  const raw = files
    .filter(({ path }) => path.endsWith(".tsx"))
    .flatMap(({ path, text }) =>
      [...text.matchAll(/>([^<>{}()=;]*[A-Za-z]{3,}[^<>{}()=;]*)<\//g)].map((match) => `${path}: ${match[1]?.trim()}`),
    );
  expect(raw).toEqual([]);
});
