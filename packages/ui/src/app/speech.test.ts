import { expect, it } from "vitest";
import { wantedLanguage } from "./speech.ts";

it("speaks the chosen language, else the browser's, else English", () => {
  expect(wantedLanguage({ search: "", chosen: "en", preferred: ["de-AT"] })).toBe("en");
  expect(wantedLanguage({ search: "", chosen: "system", preferred: ["xx", "en-GB"] })).toBe("en");
  expect(wantedLanguage({ search: "", chosen: "system", preferred: ["xx"] })).toBe("en");
});

it("shows a made-up language where the address asks for it, and no other", () => {
  expect(wantedLanguage({ search: "?locale=en-XA", chosen: "en", preferred: [] })).toBe("en-XA");
  expect(wantedLanguage({ search: "?locale=ar-XB", chosen: "en", preferred: [] })).toBe("ar-XB");
  expect(wantedLanguage({ search: "?locale=xx", chosen: "en", preferred: [] })).toBe("en");
});
