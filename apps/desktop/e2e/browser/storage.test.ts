/** Settings say how much room readings take, how long they are kept, and whether they are whole. */
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
    .getByRole("link", { name: say("nav.settings") })
    .first()
    .click();
  await page.getByRole("heading", { name: say("storage.title"), exact: true }).waitFor();
});

afterAll(() => leftovers.disposeAsync());

test("Every reading is checked, and the answer says how many are whole", async () => {
  await page.getByRole("button", { name: say("storage.check") }).click();
  await page.getByText(/^All [\d,]+ readings are whole\.$/).waitFor();
});

test("A limit is shown with what it would drop before it is set, and undo takes it back", async () => {
  const forever = page.getByText(say("storage.keptFor", { duration: say("storage.forever") }));
  await forever.waitFor();
  await page.getByRole("button", { name: say("storage.change"), exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: new RegExp(say("storage.keep")) }).click();
  await page.getByRole("option", { name: say("storage.years", { years: 2 }) }).click();
  await dialog.getByText(say("storage.wouldGo", { readings: 0, bytes: "" })).waitFor();
  await dialog.getByRole("button", { name: say("action.save") }).click();
  await page.getByText(say("storage.keptFor", { duration: say("storage.years", { years: 2 }) })).waitFor();
  expect(await askCli(home, "data", "retention")).toMatchObject({ keepDays: 731 });
  await page.getByRole("button", { name: say("action.undo") }).click();
  await forever.waitFor();
});

test("Compression is paused here, and a terminal says so", async () => {
  await page.getByText(say("storage.compressionOff"), { exact: true }).click();
  await expect
    .poll(async () => await askCli(home, "data", "storage"), { timeout: 30_000, interval: 1000 })
    .toMatchObject({ compressionPaused: true });
});
