import type { Page } from "playwright-core";
import { launchBrowser, type TestBrowser } from "./browser.ts";
import { askCli, openWorkspace, type ServedWorkspace } from "./cli.ts";
import { createTemporaryHome, type TemporaryHome } from "./temporary-home.ts";

export interface OpenDemo {
  readonly home: TemporaryHome;
  readonly served: ServedWorkspace;
  readonly browser: TestBrowser;
  /** Shows the demo's home. */
  readonly page: Page;
}

/** A new demo in a home of its own, open in a browser; what it takes is put away with `leftovers`. */
export async function openDemo(leftovers: AsyncDisposableStack): Promise<OpenDemo> {
  const home = createTemporaryHome();
  leftovers.defer(() => home.remove());
  await askCli(home, "demo");
  const served = await openWorkspace(home, null);
  leftovers.defer(() => served.kill());
  const browser = await launchBrowser();
  leftovers.defer(() => browser.close());
  const page = await browser.newPage();
  await page.goto(served.url);
  await page.getByRole("heading", { level: 1 }).first().waitFor();
  return { home, served, browser, page };
}
