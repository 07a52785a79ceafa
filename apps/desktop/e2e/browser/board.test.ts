/** A project's tasks as cards: moved by hand, by keyboard and by menu, with the same result. */
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openDemo } from "../support/open-home.ts";
import { say } from "../support/say.ts";

const leftovers = new AsyncDisposableStack();
let page: Page;

beforeAll(async () => {
  ({ page } = await openDemo(leftovers));
  await page
    .getByRole("link", { name: say("nav.projects") })
    .first()
    .click();
  await page.getByRole("heading", { level: 2 }).getByRole("link").first().click();
  await page.getByText(say("task.viewBoard"), { exact: true }).click();
  await page.getByRole("region", { name: say("task.board") }).waitFor();
});

afterAll(() => leftovers.disposeAsync());

const column = (status: string): Locator =>
  page.getByRole("grid", { name: new RegExp(`^${say(`taskStatus.${status}`)}:`) });
const cardsOf = (status: string) => column(status).getByRole("row");
const names = (status: string) => column(status).locator("strong").allTextContents();

async function firstOf(status: string): Promise<string> {
  return (await column(status).locator("strong").first().textContent()) ?? "";
}

test("A card is dragged from one column to another, and Ctrl+Z and Ctrl+Shift+Z go back and forth", async () => {
  const name = await firstOf("todo");
  await cardsOf("todo").first().dragTo(column("waiting"));
  await expect.poll(() => names("waiting")).toContain(name);
  await page.keyboard.press("Control+z");
  await expect.poll(() => names("todo")).toContain(name);
  await page.keyboard.press("Control+Shift+Z");
  await expect.poll(() => names("waiting")).toContain(name);
});

test("A card goes the same way by its menu", async () => {
  const name = await firstOf("todo");
  await page.getByRole("button", { name: say("board.move", { name }) }).click();
  await page.getByRole("menuitem", { name: say("taskStatus.doing") }).click();
  await expect.poll(() => names("doing")).toContain(name);
});

test("A card goes the same way by keyboard alone", async () => {
  const name = await firstOf("waiting");
  await page.getByRole("button", { name: say("board.drag", { name }) }).focus();
  await page.keyboard.press("Enter");
  const done = page.getByRole("button", { name: new RegExp(`${say("taskStatus.done")}:`) });
  for (let i = 0; i < 6 && !(await done.evaluate((target) => target === document.activeElement)); i++) {
    await page.keyboard.press("Tab");
  }
  await page.keyboard.press("Enter");
  await expect.poll(() => names("done")).toContain(name);
});

test("The board is what the address says", async () => {
  expect(page.url()).toContain("view=board");
  await page.reload();
  await page.getByRole("region", { name: say("task.board") }).waitFor();
});
