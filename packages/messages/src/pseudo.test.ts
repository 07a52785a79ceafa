import { parse } from "@formatjs/icu-messageformat-parser";
import { expect, it } from "vitest";
import { loadCatalogue, textDirection } from "./catalogue.ts";
import { PSEUDO_LOCALE, PSEUDO_RTL_LOCALE, pseudoCatalogue } from "./pseudo.ts";

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

it("turns words around and leaves arguments, plural forms and commands alone", () => {
  const text = "{count, plural, one {One task} other {# tasks}}: run `ecolocal open`";
  expect(pseudoCatalogue({ text }, PSEUDO_RTL_LOCALE)["text"]).toBe(
    "{count, plural, one {\u202eOne\u202c \u202etask\u202c} other {# \u202etasks\u202c}}: \u202erun\u202c `ecolocal open`",
  );
  expect(textDirection(PSEUDO_RTL_LOCALE)).toBe("rtl");
  expect(["en", "de", "fr", "es", PSEUDO_LOCALE].map(textDirection)).toEqual(["ltr", "ltr", "ltr", "ltr", "ltr"]);
});

it("turns the whole app around in well-formed messages", async () => {
  for (const text of Object.values(await loadCatalogue(PSEUDO_RTL_LOCALE, ["ui", "domain", "errors"]))) parse(text);
});
