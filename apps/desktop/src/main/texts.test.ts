import { expect, test } from "vitest";
import { textsFor } from "./texts.ts";

test("The first language we speak is used, in any spelling, else English", () => {
  expect(textsFor(["de-AT", "en-GB"]).file).toBe("Datei");
  expect(textsFor(["pt-BR", "FR"]).file).toBe("Fichier");
  expect(textsFor(["pt-BR"]).file).toBe("File");
  expect(textsFor([]).file).toBe("File");
});

test("Every language says everything", () => {
  const keys = Object.keys(textsFor(["en"]));
  for (const language of ["de", "fr", "es"]) {
    const texts = textsFor([language]);
    expect(Object.keys(texts)).toEqual(keys);
    expect(Object.values(texts).every((text) => text.trim() !== "")).toBe(true);
  }
});
