import { LOCALES } from "@ecolocal/messages";
import { expect, test } from "vitest";
import { textsIn } from "./texts.ts";

test("The menu speaks every language the page speaks", () => {
  for (const locale of LOCALES.filter((known) => known !== "en")) {
    expect(textsIn(locale), locale).not.toBe(textsIn("en"));
  }
  expect(textsIn("de").file).toBe("Datei");
  expect(textsIn("pt").file).toBe("File");
});

test("Every language says everything", () => {
  const keys = Object.keys(textsIn("en"));
  for (const language of ["de", "fr", "es"]) {
    const texts = textsIn(language);
    expect(Object.keys(texts)).toEqual(keys);
    expect(Object.values(texts).every((text) => text.trim() !== "")).toBe(true);
  }
});
