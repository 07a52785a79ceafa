/** The window and the engine's process: one dies or changes, the other copes. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addSimulatedSensor, askCli } from "../support/cli.ts";
import { type DesktopApp, launchDesktop, startAgain } from "../support/desktop-app.ts";
import { say } from "../support/say.ts";
import { PLAIN_SCREENS, show } from "../support/screens.ts";
import { createTemporaryHome, type TemporaryHome } from "../support/temporary-home.ts";
import { reloadWatched } from "../support/watch-page.ts";
import { foundWorkspace, WORKSPACE_NAME } from "../support/workspace.ts";

const leftovers = new AsyncDisposableStack();
let home: TemporaryHome;
let dir: string;
let app: DesktopApp;
let page: Page;

beforeAll(async () => {
  home = createTemporaryHome();
  leftovers.defer(() => home.remove());
  dir = await foundWorkspace(home);
  await launch("--workspace", dir);
  leftovers.defer(async () => void (await app.close()));
});

afterAll(() => leftovers.disposeAsync());

async function launch(...args: string[]): Promise<void> {
  app = await launchDesktop({ env: home.env, args });
  page = await app.firstWindow();
  await page.getByText(WORKSPACE_NAME).first().waitFor();
}

const enginePid = () =>
  app.evaluate(({ app: running }) => running.getAppMetrics().find(({ type }) => type === "Utility")?.pid ?? 0);

test("Every screen of the app obeys the policy and logs no error", async () => {
  const watch = await reloadWatched(page);
  await page.getByText(WORKSPACE_NAME).first().waitFor();
  for (const screen of PLAIN_SCREENS) {
    await show(page, screen);
  }
  expect(await watch.violations()).toEqual([]);
  expect(watch.errors).toEqual([]);
});

test("A terminal works on the workspace that the window has open", async () => {
  const status = await askCli<{ owner: { role: string } }>(home, "status", "--workspace", dir);
  expect(status.owner.role).toBe("app");
});

test("A backup is made and checked by the engine of the app, on its own thread", async () => {
  const made = await askCli<{ checked: { isWhole: boolean } }>(home, "backup", "create", "--workspace", dir);
  expect(made.checked.isWhole).toBe(true);
});

test("When the engine dies the window reads on by itself as soon as it is back, and shows what changed since", async () => {
  const before = await enginePid();
  process.kill(before, "SIGKILL");
  await expect.poll(enginePid, { timeout: 20_000 }).not.toBe(before);
  await page.getByText(say("banner.cutOff")).waitFor({ state: "detached" });
  await page.evaluate(() => {
    location.hash = "#/sensors";
  });
  await addSimulatedSensor(home, dir, "Yard");
  await page.getByRole("link", { name: "Yard" }).waitFor();
});

test("A second start with another workspace shows that one in the window that is open", async () => {
  const other = await foundWorkspace(home, "School air");
  expect(await startAgain({ env: home.env, args: ["--workspace", other] })).toBe(0);
  await page.getByText("School air").first().waitFor();
});

test("The menu opens another workspace; a person who changes their mind keeps the one that is shown", async () => {
  const pick = (folder: string | null) =>
    app.evaluate(({ dialog, Menu }, chosen) => {
      const answer = { canceled: chosen === null, filePaths: chosen === null ? [] : [chosen] };
      Object.assign(dialog, { showOpenDialog: async () => answer });
      Menu.getApplicationMenu()?.getMenuItemById("open-workspace")?.click();
    }, folder);
  const before = await enginePid();
  await pick(null);
  expect(await enginePid()).toBe(before);
  await pick(dir);
  await page.getByText(WORKSPACE_NAME).first().waitFor();
  await expect.poll(enginePid, { timeout: 20_000 }).not.toBe(before);
});

test("A workspace that is not there is explained in the window, which leads back to another one", async () => {
  const missing = home.path("nowhere");
  await startAgain({ env: home.env, args: ["--workspace", missing] });
  await page.getByRole("heading", { level: 1, name: say("recovery.title") }).waitFor();
  await page.getByText("WORKSPACE_NOT_FOUND").waitFor();
  await page.getByRole("button", { name: WORKSPACE_NAME }).click();
  await page.getByText(WORKSPACE_NAME).first().waitFor();
});

test("After quitting no process is left, the workspace is free at once, and the next start opens it again without being told", async () => {
  const pid = await enginePid();
  expect(await app.close()).toBe(0);
  expect(() => process.kill(pid, 0)).toThrow(/ESRCH/);
  expect(app.log()).not.toMatch(/"level":"error"|unexpected error/);
  const status = await askCli<{ owner: { role: string } }>(home, "status", "--workspace", dir);
  expect(status.owner.role).toBe("cli");
  await launch();
});

test("While the engine cannot come back the window says that it is cut off", async () => {
  await app.evaluate(({ utilityProcess }) => {
    const fork = utilityProcess.fork;
    Object.assign(utilityProcess, { fork: (_file: string, ...rest: []) => fork("/nowhere/engine.js", ...rest) });
  });
  process.kill(await enginePid(), "SIGKILL");
  await page.getByText(say("banner.cutOff")).waitFor();
});
