/**
 * Every screen in both themes and two widths: no accessibility fault, nothing cut off at the side, and a picture of
 * each in `test-results/screens` for people to look at.
 */

import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launchBrowser, type TestBrowser } from "../support/browser.ts";
import { askCli, openWorkspace, type ServedWorkspace } from "../support/cli.ts";
import { DESKTOP } from "../support/desktop-app.ts";
import { say } from "../support/say.ts";
import { createTemporaryHome, type TemporaryHome } from "../support/temporary-home.ts";

const ROOT = join(DESKTOP, "../..");
const PICTURES = join(ROOT, "test-results/screens");
const README_PICTURE = join(ROOT, "docs/images/home.png");
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
/** What must be there before a screen counts as shown, where its heading comes earlier. */
const LAST_TO_COME: Readonly<Record<string, string>> = { sensor: "main canvas", idea: "main figure" };
const WIDTHS = [1280, 400];
const THEMES = ["light", "dark"] as const;

const leftovers = new AsyncDisposableStack();
let home: TemporaryHome;
let served: ServedWorkspace;
let browser: TestBrowser;
let screens: readonly (readonly [name: string, address: string])[];

beforeAll(async () => {
  mkdirSync(PICTURES, { recursive: true });
  home = createTemporaryHome();
  leftovers.defer(() => home.remove());
  served = await openWorkspace(home, null);
  leftovers.defer(() => served.kill());
  browser = await launchBrowser();
  leftovers.defer(() => browser.close());
  const { recommendations } = await askCli<{ recommendations: { id: string; status: string }[] }>(
    home,
    "recommend",
    "list",
  );
  const idea = recommendations.find(({ status }) => status === "suggested");
  await askCli(home, "recommend", "accept", idea?.id ?? "");
  const { projects } = await askCli<{ projects: { id: string }[] }>(home, "project", "list");
  const { sensors } = await askCli<{ sensors: { id: string }[] }>(home, "sensor", "list");
  screens = [
    ["home", "#/"],
    ["sensors", "#/sensors"],
    ["add-sensor", "#/sensors?add=device"],
    ["add-simulated", "#/sensors?add=simulated"],
    ["sensor", `#/sensors/${sensors[0]?.id}`],
    ["ideas", "#/ideas"],
    ["idea", `#/ideas/${idea?.id}`],
    ["projects", "#/projects"],
    ["project", `#/projects/${projects[0]?.id}`],
    ["settings", "#/settings"],
    ["help", "#/help"],
    ["not-found", "#/nowhere"],
  ];
}, 120_000);

afterAll(() => leftovers.disposeAsync());

describe.each(THEMES)("In the %s theme", (theme) => {
  test.each(WIDTHS)(
    "at %i pixels every screen is whole and free of accessibility faults",
    async (width) => {
      const page = await browser.newPage({ width, height: width === 400 ? 800 : 860, colorScheme: theme });
      await page.goto(served.url);
      await page.getByText(say("demo.badge")).first().waitFor();
      const faults: string[] = [];
      for (const [name, address] of screens) {
        await show(page, address, LAST_TO_COME[name]);
        await page.screenshot({ path: join(PICTURES, `${name}-${theme}-${width}.png`), fullPage: true });
        faults.push(...(await faultsOf(page)).map((fault) => `${name}: ${fault}`));
      }
      expect(faults).toEqual([]);
      await page.context().close();
    },
    120_000,
  );
});

test("The README's picture can be taken from the demo's home", async () => {
  const page = await browser.newPage({ width: 1280, height: 860 });
  await page.goto(served.url);
  await show(page, "#/");
  // Only on request: the demo moves with the days, and a test run must not change the work tree.
  const path = process.env["ECOLOCAL_README_PICTURE"] === "1" ? README_PICTURE : join(PICTURES, "readme.png");
  await page.screenshot({ path });
  await page.context().close();
});

async function show(page: Page, address: string, lastToCome = "h1"): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, address);
  await page.getByRole("heading", { level: 1 }).or(page.getByRole("dialog")).first().waitFor();
  await page.locator(lastToCome).first().waitFor();
  await page.evaluate(() => document.fonts.ready);
}

async function faultsOf(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in globalThis))) {
    await page.evaluate(AXE);
  }
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
  );
  const isCutOff = await page.evaluate(
    () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
  );
  return [
    ...violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`),
    ...(isCutOff ? ["wider than the window"] : []),
  ];
}
