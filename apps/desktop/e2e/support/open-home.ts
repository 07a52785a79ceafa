import type { Page } from "playwright-core";
import { launchBrowser, type TestBrowser } from "./browser.ts";
import { askCli, openWorkspace, type ServedWorkspace } from "./cli.ts";
import { createTemporaryHome, type TemporaryHome } from "./temporary-home.ts";

/** A person's home with a workspace that is open, and a browser that shows nothing yet. */
export interface OpenHome {
  readonly home: TemporaryHome;
  readonly served: ServedWorkspace;
  readonly browser: TestBrowser;
}

/**
 * Opens the workspace that `make` leaves in a new home: its folder, or null for the one that opens by itself. What it
 * takes is put away with `leftovers`.
 */
export async function openHome(
  leftovers: AsyncDisposableStack,
  make: (home: TemporaryHome) => Promise<string | null>,
): Promise<OpenHome> {
  const home = createTemporaryHome();
  leftovers.defer(() => home.remove());
  const served = await openWorkspace(home, await make(home));
  leftovers.defer(() => served.kill());
  const browser = await launchBrowser();
  leftovers.defer(() => browser.close());
  return { home, served, browser };
}

/** Makes the demo, which opens by itself. */
export async function makeDemo(home: TemporaryHome): Promise<null> {
  await askCli(home, "demo");
  return null;
}

/** The demo in a browser that shows its home. */
export async function openDemo(leftovers: AsyncDisposableStack): Promise<OpenHome & { readonly page: Page }> {
  const opened = await openHome(leftovers, makeDemo);
  const page = await opened.browser.newPage();
  await page.goto(opened.served.url);
  await page.getByRole("heading", { level: 1 }).first().waitFor();
  return { ...opened, page };
}
