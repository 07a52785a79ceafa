/** What a reader is used to changes how values look everywhere, and never what is kept. */

import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { askCli } from "../support/cli.ts";
import { openDemo } from "../support/open-home.ts";
import { say } from "../support/say.ts";
import { show } from "../support/screens.ts";
import type { TemporaryHome } from "../support/temporary-home.ts";

const FAHRENHEIT = say("unitName.[degF]");

const leftovers = new AsyncDisposableStack();
let home: TemporaryHome;
let page: Page;

beforeAll(async () => {
  ({ home, page } = await openDemo(leftovers));
});

afterAll(() => leftovers.disposeAsync());

const titled = (id: string) => (on: Page) => on.getByRole("heading", { level: 1, name: say(id), exact: true });
const choose = async (label: string, option: string): Promise<void> => {
  const card = page.getByRole("region", { name: say("settings.languageUnits"), exact: true });
  await card.getByRole("button", { name: new RegExp(label) }).click();
  await page.getByRole("option", { name: option, exact: true }).click();
};
const card = (): Locator =>
  page
    .getByRole("listitem")
    .filter({ hasText: say("quantity.temperature") })
    .first();

test("A choice of unit reaches cards and charts at once, and outlives the window", async () => {
  await show(page, ["settings", "#/settings", titled("settings.title")]);
  await choose(say("settings.measure.temperature"), FAHRENHEIT);
  await show(page, ["home", "#/", () => card()]);
  await card().getByText("°F").first().waitFor();
  await page.reload();
  await card().getByText("°F").first().waitFor();
  await card().getByRole("link").click();
  await page.getByRole("heading", { name: "Temperature, °F" }).waitFor();
  expect(await page.getByText("°C").count()).toBe(0);
});

test("A reading typed in the chosen unit is kept in the unit of the store", async () => {
  await show(page, ["sensors", "#/sensors", titled("sensors.title")]);
  await page.getByRole("button", { name: say("manual.title") }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: new RegExp(say("manual.quantity").replace("?", "\\?")) }).click();
  await page.getByRole("option", { name: say("quantity.temperature"), exact: true }).click();
  await dialog.getByLabel(say("manual.name")).fill("Pond");
  const value = dialog.getByLabel(say("manual.value"));
  await value.fill("68");
  await value.blur();
  await dialog.getByRole("button", { name: say("manual.save") }).click();
  await page.getByText(say("manual.done")).waitFor();
  const { readings } = await askCli<{ readings: { quantity: string; value: number; unit: string }[] }>(
    home,
    "data",
    "latest",
  );
  expect(readings).toContainEqual(expect.objectContaining({ quantity: "temperature", value: 20, unit: "Cel" }));
});
