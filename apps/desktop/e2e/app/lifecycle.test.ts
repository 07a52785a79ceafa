/** Starting, starting again, coming back and ending. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { type DesktopApp, type LaunchOptions, launchDesktop, startAgain } from "../support/desktop-app.ts";
import { createTemporaryHome, type TemporaryHome } from "../support/temporary-home.ts";

let home: TemporaryHome;
let app: DesktopApp | undefined;

beforeEach(() => {
  home = createTemporaryHome();
});

afterEach(async () => {
  await app?.close();
  app = undefined;
  await home.remove();
});

async function launch(options: LaunchOptions = {}): Promise<DesktopApp> {
  app = await launchDesktop({ env: home.env, ...options });
  await app.firstWindow();
  return app;
}

test("Starting the app a second time only brings the first window back", async () => {
  const first = await launch();
  await first.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize());
  expect(await startAgain({ env: home.env })).toBe(0);
  const state = () =>
    first.evaluate(({ BrowserWindow }) => {
      const windows = BrowserWindow.getAllWindows();
      return { count: windows.length, isMinimized: windows[0]?.isMinimized() };
    });
  await expect.poll(state).toEqual({ count: 1, isMinimized: false });
});

test("The window comes back as it was left", async () => {
  const first = await launch();
  await first.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.maximize());
  await first.close();
  const second = await launch();
  expect(await second.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isMaximized())).toBe(true);
});

test("Quitting ends the engine by asking it, and leaves no process behind", async () => {
  const first = await launch();
  const enginePids = () =>
    first.evaluate(({ app: running }) =>
      running
        .getAppMetrics()
        .filter(({ type }) => type === "Utility")
        .map(({ pid }) => pid),
    );
  const [pid] = await enginePids();
  expect(await first.close()).toBe(0);
  expect(() => process.kill(pid ?? 0, 0)).toThrow(/ESRCH/);
  expect(first.log()).not.toMatch(/unexpected error|ended with code/);
});
