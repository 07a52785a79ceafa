import { ERROR_TABLE } from "@ecolocal/core/api";
import { QUALITY_BITS } from "@ecolocal/core/sensing";
import { QUANTITIES } from "@ecolocal/core/shared";
import { parse } from "@formatjs/icu-messageformat-parser";
import { describe, expect, it } from "vitest";
import { CATALOGUE_PARTS, LOCALES, loadCatalogue, pickLocale } from "./catalogue.ts";
import { failureText } from "./failure-text.ts";
import { createFormatter } from "./formatter.ts";

describe.each(LOCALES)("the catalogue of %s", (locale) => {
  it("holds only well-formed ICU messages", async () => {
    const catalogue = await loadCatalogue(locale, CATALOGUE_PARTS);
    const broken = Object.entries(catalogue).filter(([, text]) => {
      try {
        parse(text);
        return text.trim() === "";
      } catch {
        return true;
      }
    });
    expect(broken).toEqual([]);
  });

  it("says for every failure code what happened and what to do, and for no code that does not exist", async () => {
    const errors = await loadCatalogue(locale, ["errors"]);
    const wanted = Object.keys(ERROR_TABLE).flatMap((code) => [`error.${code}.what`, `error.${code}.do`]);
    expect(Object.keys(errors).sort()).toEqual(wanted.sort());
  });

  it("names every quantity and quality flag", async () => {
    const domain = await loadCatalogue(locale, ["domain"]);
    const wanted = [
      ...Object.keys(QUANTITIES).map((quantity) => `quantity.${quantity}`),
      ...Object.keys(QUALITY_BITS).map((flag) => `quality.${flag}`),
    ];
    expect(wanted.filter((id) => domain[id] === undefined)).toEqual([]);
  });
});

it("picks the first preferred language it speaks, and English otherwise", () => {
  expect(pickLocale(["nl-NL", "en-GB"])).toBe("en");
  expect(pickLocale(["xx"])).toBe("en");
  expect(pickLocale(["nl-NL", "de-AT", "en-GB"])).toBe("de");
  expect(pickLocale(["pt-BR", "es-MX", "fr-CA"])).toBe("es");
  expect(pickLocale(["fr-CA"])).toBe("fr");
});

it("shows a value with its unit in the reader's number form", () => {
  expect(createFormatter("de-DE", {}).quantity(1234.56, "pm25")).toBe("1.234,6\u00a0µg/m³");
});

it("prefers a failure's own hint to the general advice", async () => {
  const formatter = createFormatter("en", await loadCatalogue("en", ["errors"]));
  const failure = {
    code: "SENSING_PORT_DENIED",
    op: "open",
    subject: "/dev/ttyUSB0",
    detail: "EACCES",
    retry: "after-change",
  } as const;
  expect(failureText({ ...failure, hint: "Do this." }, formatter).todo).toBe("Do this.");
  expect(failureText(failure, formatter).todo).toContain("usermod -aG dialout");
});
