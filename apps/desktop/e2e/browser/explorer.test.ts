/** The data explorer: what was measured wrongly is left out or adjusted, and always comes back. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { askCli } from "../support/cli.ts";
import { openDemo } from "../support/open-home.ts";
import { say } from "../support/say.ts";
import type { TemporaryHome } from "../support/temporary-home.ts";

const leftovers = new AsyncDisposableStack();
let home: TemporaryHome;
let page: Page;

beforeAll(async () => {
  ({ home, page } = await openDemo(leftovers));
  await page
    .getByRole("link", { name: say("nav.data") })
    .first()
    .click();
  await page.getByRole("heading", { name: say("correct.title"), exact: true }).waitFor();
});

afterAll(() => leftovers.disposeAsync());

const hatched = () => page.getByText(say("correct.hatched"), { exact: true });
const open = () => page.getByRole("button", { name: say("correct.open"), exact: true }).click();

test("A stretch is left out with a reason, is hatched and named, and Ctrl+Z and Ctrl+Shift+Z go back and forth", async () => {
  await open();
  const dialog = page.getByRole("dialog");
  const save = dialog.getByRole("button", { name: say("action.save") });
  expect(await save.isDisabled()).toBe(true);
  await dialog.getByLabel(say("correct.reason")).fill("The wall was painted");
  await save.click();
  await hatched().waitFor();
  await page.getByText("The wall was painted", { exact: true }).waitFor();
  await page
    .getByRole("button", { name: say("chart.asTable") })
    .first()
    .click();
  await page
    .getByRole("cell", { name: say("correct.mark.exclude", { reason: "The wall was painted" }) })
    .first()
    .waitFor();
  await page
    .getByRole("button", { name: say("chart.asChart") })
    .first()
    .click();
  await page.keyboard.press("Control+z");
  await page.getByText(say("correct.back"), { exact: true }).waitFor();
  await hatched().waitFor({ state: "detached" });
  await page.keyboard.press("Control+Shift+Z");
  await hatched().waitFor();
});

test("It is taken back from the list, by keyboard", async () => {
  const takeBack = page.getByRole("button", { name: new RegExp(`^${say("correct.takeBack")}:`) });
  await takeBack.focus();
  await page.keyboard.press("Enter");
  await hatched().waitFor({ state: "detached" });
  await page.getByRole("button", { name: new RegExp(`^${say("correct.again")}:`) }).waitFor();
});

test("A stretch is adjusted by a factor and an offset, never by nothing", async () => {
  await open();
  const dialog = page.getByRole("dialog");
  await dialog.getByText(say("correct.kind.adjust"), { exact: true }).click();
  await dialog.getByLabel(say("correct.reason")).fill("Compared in fresh air");
  const save = dialog.getByRole("button", { name: say("action.save") });
  expect(await save.isDisabled()).toBe(true);
  await dialog.getByLabel(say("correct.offset")).fill("40");
  await dialog.getByLabel(say("correct.offset")).blur();
  await save.click();
  await page.getByText("Compared in fresh air", { exact: true }).waitFor();
  await hatched().waitFor();
});

test("A meter shows what was used, and says how that was computed and which part is estimated", async () => {
  const { readings } = await askCli<{ readings: { channelId: string; quantity: string }[] }>(home, "data", "latest");
  const meter = readings.find(({ quantity }) => quantity === "energy_import")?.channelId;
  await page.evaluate((id) => {
    location.hash = `#/data?channels=${encodeURIComponent(JSON.stringify([id]))}&range=30d&view=totals`;
  }, meter);
  const figure = page.getByRole("figure").first();
  await figure.getByText(/^[\d.,]+\skWh in all; the most was/).waitFor();
  await figure.getByRole("button", { name: say("computed.title") }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText(say("computed.ask.consumption"), { exact: true }).waitFor();
  await dialog.getByRole("listitem").first().waitFor();
  await page.keyboard.press("Escape");
});

test("A limit is set, and the answer says how long values were above it", async () => {
  await page.getByText(say("data.view.distribution"), { exact: true }).click();
  const limit = page.getByLabel(say("data.limit"));
  await limit.fill("0");
  await limit.blur();
  await page
    .getByRole("status")
    .getByText(/^Above 0(\.0)?\skWh for .*, 100% of the readings/)
    .waitFor();
  await limit.fill("999999");
  await limit.blur();
  await page.getByText(/^Never above 999,999/).waitFor();
});
