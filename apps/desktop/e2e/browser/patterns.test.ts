/** The demo's values by hour and weekday: read by keyboard, as a table, and taken along as files. */
import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openDemo } from "../support/open-home.ts";
import { say } from "../support/say.ts";

const leftovers = new AsyncDisposableStack();
let page: Page;

beforeAll(async () => {
  ({ page } = await openDemo(leftovers));
  await page.evaluate(() => {
    location.hash = "#/data?range=30d";
  });
});

afterAll(() => leftovers.disposeAsync());

const download = async (name: string): Promise<{ readonly name: string; readonly bytes: Buffer }> => {
  const started = page.waitForEvent("download");
  await page.getByRole("figure").first().getByRole("button", { name, exact: true }).click();
  const file = await started;
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
};

test("The hours of the week are read with the arrow keys, and the address holds the view", async () => {
  await page.getByText(say("data.view.profile"), { exact: true }).click();
  const chart = page.getByRole("figure").getByRole("slider").first();
  await chart.focus();
  await page.keyboard.press("Home");
  const first = await chart.getAttribute("aria-valuetext");
  await page.keyboard.press("ArrowDown");
  expect(await chart.getAttribute("aria-valuetext")).not.toBe(first);
  expect(page.url()).toContain("view=profile");
});

test("The chart is taken along as CSV with a row for every hour, as PNG and as SVG", async () => {
  const csv = await download(say("chart.csv"));
  expect(csv.name).toMatch(/ \d+ \w+ – .* \d+ \w+\.csv$/);
  expect(csv.bytes.toString("utf8").split("\r\n")).toHaveLength(25);
  expect((await download(say("chart.png"))).bytes.subarray(1, 4).toString()).toBe("PNG");
  expect((await download(say("chart.svg"))).bytes.toString("utf8")).toMatch(/^<svg /);
});

test("How often values occur can be looked at as a table", async () => {
  await page.getByText(say("data.view.distribution"), { exact: true }).click();
  const figure = page.getByRole("figure").first();
  await figure.getByRole("button", { name: say("chart.asTable") }).click();
  expect(await figure.getByRole("row").count()).toBe(25);
});
