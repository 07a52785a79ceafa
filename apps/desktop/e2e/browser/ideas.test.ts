/** From what the demo's sensors measured to a project with tasks. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { TestBrowser } from "../support/browser.ts";
import { askCli } from "../support/cli.ts";
import { openDemo } from "../support/open-home.ts";
import { say } from "../support/say.ts";
import type { TemporaryHome } from "../support/temporary-home.ts";

const leftovers = new AsyncDisposableStack();
let home: TemporaryHome;
let browser: TestBrowser;
let page: Page;
let projectId: string;

beforeAll(async () => {
  ({ home, browser, page } = await openDemo(leftovers));
});

afterAll(() => leftovers.disposeAsync());

test("Without a workspace of one's own the demo opens, says that it is one, and has live values", async () => {
  await page.getByText(say("demo.badge")).first().waitFor();
  await page.getByRole("heading", { name: say("home.now"), exact: true }).waitFor();
  expect(
    await page
      .getByRole("listitem")
      .filter({ hasText: say("quantity.pm25") })
      .count(),
  ).toBeGreaterThan(0);
});

test("The list of ideas leads to one idea with its evidence, its figures and its reason", async () => {
  await page
    .getByRole("link", { name: say("nav.ideas") })
    .first()
    .click();
  await page.getByRole("tab", { name: say("ideas.list.suggested"), selected: true }).waitFor();
  const first = page.getByRole("tabpanel").getByRole("heading", { level: 2 }).first();
  const title = (await first.textContent()) ?? "";
  await first.getByRole("link").click();
  await page.getByRole("heading", { level: 1, name: title }).waitFor();
  await page.getByRole("figure").first().waitFor();
  await page.getByRole("tab", { name: say("idea.tab.why") }).click();
  expect(await page.getByRole("tabpanel").textContent()).not.toBe("");
});

test("Accepting it starts a project with its tasks, which the terminal sees as well", async () => {
  await page.getByRole("button", { name: say("idea.accept") }).click();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: say("idea.acceptStart") })
    .click();
  await page.getByRole("tab", { name: say("project.tab.tasks") }).waitFor();
  const tasks = page.getByRole("tabpanel").getByRole("button", { name: new RegExp(`^${say("taskStatus.todo")}`) });
  await tasks.first().waitFor();
  const count = await tasks.count();
  expect(count).toBeGreaterThan(1);
  projectId = /#\/projects\/(\w+)/.exec(page.url())?.[1] ?? "";
  expect(await askCli(home, "project", "show", projectId)).toMatchObject({ id: projectId, tasksTotal: count });
});

test("A task that is begun shows it at once and after a reload", async () => {
  const doing = page.getByRole("button", { name: new RegExp(`^${say("taskStatus.doing")}`) });
  await page
    .getByRole("button", { name: new RegExp(`^${say("taskStatus.todo")}`) })
    .first()
    .click();
  await page.getByRole("menu").getByText(say("taskStatus.doing"), { exact: true }).click();
  await doing.waitFor();
  await page.reload();
  await doing.waitFor();
});

test("The projects screen lists it with its next step", async () => {
  await page
    .getByRole("link", { name: say("nav.projects") })
    .first()
    .click();
  await page.getByRole("main").locator(`a[href$="${projectId}"]`).first().waitFor();
});

test("Nothing was asked of any other machine", () => {
  expect(browser.foreignRequests).toEqual([]);
});
