/** Starting again by accident, and coming back. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { type DesktopApp, launchDesktop, startAgain } from "../support/desktop-app.ts";
import { createTemporaryHome, type TemporaryHome } from "../support/temporary-home.ts";
import { foundWorkspace } from "../support/workspace.ts";

let home: TemporaryHome;
let dir: string;
let app: DesktopApp | undefined;

beforeEach(async () => {
  home = createTemporaryHome();
  dir = await foundWorkspace(home);
});

afterEach(async () => {
  await app?.close();
  app = undefined;
  await home.remove();
});

async function launch(): Promise<DesktopApp> {
  app = await launchDesktop({ env: home.env, args: ["--workspace", dir] });
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
