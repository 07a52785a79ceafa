/**
 * Every screen in every language, and in one that is written from right to left, in light, dark and high contrast: no
 * accessibility fault and nothing cut off at the side. Everything is checked once a language; in the other themes, which
 * change colours only, what depends on colours.
 */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { LOCALES } from "@ecolocal/messages";
import type { AxeResults, RunOptions } from "axe-core";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { TestBrowser } from "../support/browser.ts";
import { askCli, type ServedWorkspace } from "../support/cli.ts";
import { makeDemo, openHome } from "../support/open-home.ts";
import { PLAIN_SCREENS } from "../support/screens.ts";
import type { TemporaryHome } from "../support/temporary-home.ts";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const ROUTER = new URL("../../../../packages/ui/src/app/router.tsx", import.meta.url);
const LANGUAGES = [...LOCALES, "ar-XB"] as const;
const COLOUR_RULES = ["color-contrast", "link-in-text-block"];
const THEMES = [
  { name: "light", theme: "light", contrast: undefined, rules: undefined },
  { name: "dark", theme: "dark", contrast: undefined, rules: COLOUR_RULES },
  { name: "high contrast", theme: "light", contrast: "more", rules: COLOUR_RULES },
  { name: "dark, high contrast", theme: "dark", contrast: "more", rules: COLOUR_RULES },
] as const;

const leftovers = new AsyncDisposableStack();
let home: TemporaryHome;
let served: ServedWorkspace;
let browser: TestBrowser;
let addresses: readonly string[];

beforeAll(async () => {
  ({ home, served, browser } = await openHome(leftovers, makeDemo));
  const [ideas, projects, sensors] = await Promise.all([
    askCli<{ recommendations: { id: string; status: string }[] }>(home, "recommend", "list"),
    askCli<{ projects: { id: string }[] }>(home, "project", "list"),
    askCli<{ sensors: { id: string }[] }>(home, "sensor", "list"),
  ]);
  const idea = ideas.recommendations.find(({ status }) => status === "suggested")?.id;
  const project = projects.projects[0]?.id;
  const sensor = sensors.sensors[0]?.id;
  addresses = [
    ...PLAIN_SCREENS.map(([, address]) => address),
    "#/kit",
    "#/sensors?add=device",
    ...["profile", "distribution", "totals"].map((view) => `#/data?view=${view}`),
    ...["values", "health", "calibration"].map((view) => `#/sensors/${sensor}?view=${view}`),
    ...["evidence", "why", "assumptions", "change"].map((tab) => `#/ideas/${idea}?tab=${tab}`),
    ...["tasks", "budget", "risks"].map((tab) => `#/projects/${project}?tab=${tab}`),
  ];
}, 120_000);

afterAll(() => leftovers.disposeAsync());

test("No route is left out", () => {
  const routes = [...readFileSync(ROUTER, "utf8").matchAll(/path: "([^"]+)"/g)].map(([, path = ""]) => path);
  const swept = addresses.map((address) => address.slice(1).replace(/\?.*/, ""));
  const matches = (route: string) => new RegExp(`^${route.replace(/\$\w+/g, "[^/]+")}$`);
  expect(routes.length).toBeGreaterThan(10);
  expect(routes.filter((route) => !swept.some((address) => matches(route).test(address)))).toEqual([]);
});

test.each(LANGUAGES)("In %s every screen is whole and free of accessibility faults", async (language) => {
  const page = await open(language);
  const direction = language === "ar-XB" ? "rtl" : "ltr";
  expect(await page.evaluate(() => document.documentElement.dir)).toBe(direction);
  const faults: string[] = [];
  for (const address of addresses) {
    await show(page, address);
    for (const theme of THEMES) {
      await paint(page, theme);
      const found = await faultsOf(page, theme.rules);
      faults.push(...found.map((fault) => `${address}, ${theme.name}: ${fault}`));
    }
  }
  expect(faults).toEqual([]);
  await page.context().close();
});

async function open(language: (typeof LANGUAGES)[number]): Promise<Page> {
  const page = await browser.newPage();
  await page.addInitScript(
    (chosen) => localStorage.setItem("ecolocal.preferences", JSON.stringify({ language: chosen })),
    language,
  );
  await page.goto(served.url);
  await page.locator("main h1").waitFor();
  await page.evaluate(AXE);
  return page;
}

/** Goes to a screen and waits until its own heading stands there and nothing is loading. */
async function show(page: Page, address: string): Promise<void> {
  await page.evaluate((hash) => {
    if (location.hash === hash) return;
    for (const heading of document.querySelectorAll("h1")) heading.setAttribute("data-before", "");
    location.hash = hash;
  }, address);
  const isDialog = address.includes("add=");
  const isTab = /[?](?:tab|view)=(?!evidence|values|tasks)/.test(address);
  await page
    .locator(isDialog ? "[role=dialog] h2" : isTab ? "h1" : "h1:not([data-before])")
    .first()
    .waitFor();
  await page.waitForFunction(() => document.querySelector("[role=status][aria-label][data-visible]") === null);
  await page.evaluate(() => document.fonts.ready);
}

async function paint(page: Page, { theme, contrast }: (typeof THEMES)[number]): Promise<void> {
  await page.evaluate(
    async ([wanted, more]) => {
      const { dataset } = document.documentElement;
      dataset["theme"] = wanted;
      if (more === undefined) delete dataset["contrast"];
      else dataset["contrast"] = more;
      await new Promise((painted) => requestAnimationFrame(painted));
    },
    [theme, contrast] as const,
  );
}

async function faultsOf(page: Page, rules: readonly string[] | undefined): Promise<string[]> {
  const { violations, overhang } = await page.evaluate(
    async (options) => {
      const { axe } = globalThis as unknown as { axe: { run(options: RunOptions): Promise<AxeResults> } };
      const { scrollWidth, clientWidth } = document.documentElement;
      return { violations: (await axe.run(options)).violations, overhang: scrollWidth - clientWidth };
    },
    { resultTypes: ["violations"], ...(rules === undefined ? {} : { runOnly: [...rules] }) } as RunOptions,
  );
  return [
    ...violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`),
    ...(overhang > 0 ? [`wider than the window by ${overhang} px`] : []),
  ];
}
