/**
 * Every screen in both themes and two widths: no accessibility fault, nothing cut off at the side, and a picture of
 * each in `test-results/screens` for people to look at.
 */

import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { AxeResults } from "axe-core";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { TestBrowser } from "../support/browser.ts";
import { askCli, type ServedWorkspace } from "../support/cli.ts";
import { DESKTOP } from "../support/desktop-app.ts";
import { makeDemo, openHome } from "../support/open-home.ts";
import { say } from "../support/say.ts";
import { PLAIN_SCREENS, type Screen, show } from "../support/screens.ts";
import type { TemporaryHome } from "../support/temporary-home.ts";

const ROOT = join(DESKTOP, "../..");
const PICTURES = join(ROOT, "test-results/screens");
const README_PICTURE = join(ROOT, "docs/images/home.png");
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const WIDTHS = [1280, 400];
const THEMES = ["light", "dark"] as const;

const HOME: Screen = ["home", "#/", (page) => page.getByRole("heading", { name: say("home.now"), exact: true })];

const leftovers = new AsyncDisposableStack();
let home: TemporaryHome;
let served: ServedWorkspace;
let browser: TestBrowser;
let screens: readonly Screen[];

const sheet =
  (id: string) =>
  (page: Page): Locator =>
    page.getByRole("dialog", { name: say(id) });
const holding =
  (selector: string) =>
  (page: Page): Locator =>
    page.locator(selector).first();

beforeAll(async () => {
  mkdirSync(PICTURES, { recursive: true });
  ({ home, served, browser } = await openHome(leftovers, makeDemo));
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
    HOME,
    ...PLAIN_SCREENS.slice(1),
    ["add-sensor", "#/sensors?add=device", sheet("sensors.add")],
    ["add-simulated", "#/sensors?add=simulated", sheet("sensors.addSimulated")],
    ["sensor", `#/sensors/${sensors[0]?.id}`, holding("main canvas")],
    ["idea", `#/ideas/${idea?.id}`, holding("main figure")],
    ["project", `#/projects/${projects[0]?.id}`, (page) => page.getByRole("tab", { name: say("project.tab.tasks") })],
  ];
}, 120_000);

afterAll(() => leftovers.disposeAsync());

describe.each(THEMES)("In the %s theme", (theme) => {
  test.each(WIDTHS)(
    "at %i pixels every screen is whole and free of accessibility faults",
    async (width) => {
      const page = await browser.newPage({ width, colorScheme: theme });
      await page.goto(served.url);
      const faults: string[] = [];
      for (const screen of screens) {
        await show(page, screen);
        faults.push(...(await faultsOf(page)).map((fault) => `${screen[0]}: ${fault}`));
        await takePicture(page, join(PICTURES, `${screen[0]}-${theme}-${width}.png`));
      }
      expect(faults).toEqual([]);
      await page.context().close();
    },
    120_000,
  );
});

test("The README's picture can be taken from the demo's home", async () => {
  const page = await browser.newPage({ height: 960 });
  await page.goto(served.url);
  await show(page, HOME);
  // Only on request: the demo moves with the days, and a test run must not change the work tree.
  const path = process.env["ECOLOCAL_README_PICTURE"] === "1" ? README_PICTURE : join(PICTURES, "readme.png");
  await page.screenshot({ path });
  await page.context().close();
});

/** The whole page in one picture, with what sticks to the window's edge at the page's edge. */
async function takePicture(page: Page, path: string): Promise<void> {
  const size = page.viewportSize() ?? { width: 0, height: 0 };
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width: size.width, height: Math.max(size.height, height) });
  await page.screenshot({ path });
  await page.setViewportSize(size);
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
