/** A backup made in the window: listed as whole, seen by the terminal, and the way to a new workspace. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { TestBrowser } from "../support/browser.ts";
import { askCli, type ServedWorkspace } from "../support/cli.ts";
import { openHome } from "../support/open-home.ts";
import { say } from "../support/say.ts";
import type { TemporaryHome } from "../support/temporary-home.ts";
import { foundWorkspace, WORKSPACE_NAME } from "../support/workspace.ts";

const leftovers = new AsyncDisposableStack();
let home: TemporaryHome;
let dir: string;
let served: ServedWorkspace;
let browser: TestBrowser;
let page: Page;

beforeAll(async () => {
  ({ home, served, browser } = await openHome(leftovers, async (made) => {
    dir = await foundWorkspace(made);
    return dir;
  }));
  page = await browser.newPage();
  await page.goto(served.url);
  await page.evaluate(() => {
    location.hash = "#/settings";
  });
});

afterAll(() => leftovers.disposeAsync());

const card = () => page.getByRole("region", { name: say("backups.title") });
const rows = () => card().getByRole("listitem");

test("A backup that is made in the settings is listed as whole, and the terminal knows it", async () => {
  await card().getByText(say("backups.none")).waitFor();
  await card()
    .getByRole("button", { name: say("backups.create") })
    .click();
  await rows().first().waitFor();
  expect(await rows().first().textContent()).toContain(say("welcome.reason.manual"));
  await rows()
    .first()
    .getByText(say("backups.whole", { age: say("time.justNow") }))
    .or(rows().getByText(/\d s ago/))
    .first()
    .waitFor();
  const { backups } = await askCli<{ backups: { path: string; reason: string }[] }>(
    home,
    "backup",
    "list",
    "--workspace",
    dir,
  );
  expect(backups).toMatchObject([{ reason: "manual" }]);
  expect(await card().textContent()).toContain(`${dir}/backups`);
});

test("It can be checked again at any time", async () => {
  await rows()
    .getByRole("button", { name: /^Check the backup/ })
    .click();
  await page.getByText(say("backups.isWhole")).first().waitFor();
});

test("Daily backups can be turned off", async () => {
  await card().getByText(say("backups.daily.off"), { exact: true }).click();
  await page.reload();
  await expect
    .poll(() =>
      card()
        .getByRole("radio", { name: say("backups.daily.off") })
        .isChecked(),
    )
    .toBe(true);
});

test("A new workspace is made out of it and opened; the first one stays as it is", async () => {
  const target = home.path("restored");
  await rows()
    .getByRole("button", { name: /^Restore the backup/ })
    .click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText(say("welcome.folder.more")).click();
  await dialog.getByLabel(say("settings.folder")).fill(target);
  await dialog.getByRole("button", { name: say("welcome.restore.go") }).click();
  await dialog.waitFor({ state: "detached" });
  const status = await askCli<{ name: string; path: string }>(home, "status", "--workspace", target);
  expect(status).toMatchObject({ name: WORKSPACE_NAME });
});
