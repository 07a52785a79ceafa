import { parse } from "@formatjs/icu-messageformat-parser";
import { expect, it } from "vitest";
import { loadCatalogue } from "./catalogue.ts";
import { PSEUDO_LOCALE, pseudoCatalogue } from "./pseudo.ts";

it("lengthens words and leaves arguments, plural forms and commands alone", () => {
  const text = "{count, plural, one {One task} other {# tasks}}: run `ecolocal open`";
  expect(pseudoCatalogue({ text })["text"]).toBe(
    "{count, plural, one {Onée táask} other {# táasks}}: rúun `ecolocal open`",
  );
});

it("makes the whole app about a third longer, in well-formed messages", async () => {
  const parts = ["ui"] as const;
  const english = Object.values(await loadCatalogue("en", parts));
  const pseudo = Object.values(await loadCatalogue(PSEUDO_LOCALE, parts));
  for (const text of pseudo) parse(text);
  const growth = pseudo.join("").length / english.join("").length;
  expect(growth).toBeGreaterThan(1.25);
  expect(growth).toBeLessThan(1.45);
});
