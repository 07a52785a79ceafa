import { createFormatter } from "@ecolocal/messages";
import { expect, it } from "vitest";
import { createFormats } from "./formats.ts";
import { ageText, polished, sentenceText } from "./sentence.ts";

const formats = createFormats("en-GB", "UTC");
const formatter = createFormatter("en-GB", {
  "known.id": "{quantity} is {band} at {place}.",
  "quantity.co2": "CO₂",
  "time.justNow": "just now",
  "time.ago": "{duration} ago",
});
const text = { formatter, formats, t: formatter.message };

it("says a known sentence in the reader's language and names its quantity by id", () => {
  const values = { quantity: "carbon dioxide", quantityId: "quantity.co2", band: "fresh", place: "home" };
  expect(sentenceText({ id: "known.id", values, text: "x" }, text)).toBe("CO₂ is fresh at home.");
});

it("shows the text that came along when it does not know the sentence", () => {
  expect(sentenceText({ id: "new.id", values: {}, text: "Something new." }, text)).toBe("Something new.");
});

it("writes days in words and sets the small figure of CO₂ in catalogue prose", () => {
  expect(polished("CO2 peaked on 2026-11-24; CO2e fell; CO2_out stays.", formats)).toBe(
    "CO₂ peaked on 24 Nov; CO₂e fell; CO2_out stays.",
  );
});

it("calls a fresh value fresh instead of counting its seconds", () => {
  expect(ageText(900, text)).toBe("just now");
  expect(ageText(240_000, text).replace("\u00a0", " ")).toBe("4 min ago");
});
