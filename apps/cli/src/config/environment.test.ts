import { LOCALES } from "@ecolocal/messages";
import { expect, it } from "vitest";
import { readEnvironment } from "./environment.ts";
import { LANGUAGES } from "./language.ts";

it("takes the language from the locale variables, in their order", () => {
  expect(readEnvironment({ LANG: "de_AT.UTF-8", LC_ALL: "fr_FR@euro" }).locale).toBe("fr-FR");
  expect(readEnvironment({ LANG: "de_AT.UTF-8" }).locale).toBe("de-AT");
  expect(readEnvironment({ LANG: "C.UTF-8" }).locale).toBe("en");
  expect(readEnvironment({ LANG: "no such language" }).locale).toBe("en");
});

it("takes the language that the command line names, then that of ECOLOCAL_LANGUAGE, and keeps the region", () => {
  const env = { LANG: "de_AT.UTF-8", ECOLOCAL_LANGUAGE: "fr" };
  expect(readEnvironment(env, ["status", "--language", "de"]).locale).toBe("de-AT");
  expect(readEnvironment(env, ["status", "--language=es"]).locale).toBe("es");
  expect(readEnvironment(env, ["status", "--", "--language=es"]).locale).toBe("fr");
  expect(readEnvironment(env, ["status", "--language", "klingon"]).locale).toBe("fr");
  expect(LOCALES).toEqual(LANGUAGES);
});

it("takes an empty NO_COLOR as no wish", () => {
  expect(readEnvironment({ NO_COLOR: "" }).noColor).toBe(false);
  expect(readEnvironment({ NO_COLOR: "1" }).noColor).toBe(true);
  expect(readEnvironment({ TERM: "dumb" }).noColor).toBe(true);
  expect(readEnvironment({ FORCE_COLOR: "0" }).forceColor).toBe(false);
});
