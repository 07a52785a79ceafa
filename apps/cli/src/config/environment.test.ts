import { expect, it } from "vitest";
import { readEnvironment } from "./environment.ts";

it("takes the language from the locale variables, in their order", () => {
  expect(readEnvironment({ LANG: "de_AT.UTF-8", LC_ALL: "fr_FR@euro" }).locale).toBe("fr-FR");
  expect(readEnvironment({ LANG: "de_AT.UTF-8" }).locale).toBe("de-AT");
  expect(readEnvironment({ LANG: "C.UTF-8" }).locale).toBe("en");
  expect(readEnvironment({ LANG: "no such language" }).locale).toBe("en");
});

it("takes an empty NO_COLOR as no wish", () => {
  expect(readEnvironment({ NO_COLOR: "" }).noColor).toBe(false);
  expect(readEnvironment({ NO_COLOR: "1" }).noColor).toBe(true);
  expect(readEnvironment({ TERM: "dumb" }).noColor).toBe(true);
  expect(readEnvironment({ FORCE_COLOR: "0" }).forceColor).toBe(false);
});
