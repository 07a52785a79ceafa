/** What people and devices may say: very long, in every script, far too large, ten years back. No screen breaks. */
import { writeFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launchBrowser, type TestBrowser } from "../support/browser.ts";
import { askCli, openWorkspace, type ServedWorkspace } from "../support/cli.ts";
import { say } from "../support/say.ts";
import { PLAIN_SCREENS, type Screen, show } from "../support/screens.ts";
import { createTemporaryHome, type TemporaryHome } from "../support/temporary-home.ts";

const ONE_WORD = "W".repeat(300);
const EMOJI = "👩‍👩‍👧‍👦🌿".repeat(13).slice(0, 290);
const ARABIC = "حي الزيزفون يقيس الهواء والماء ".repeat(9).trim();
const WIDTHS = [1280, 400];
const YEARS = 10;

const leftovers = new AsyncDisposableStack();
let home: TemporaryHome;
let served: ServedWorkspace;
let browser: TestBrowser;
let screens: readonly Screen[];

beforeAll(async () => {
  home = createTemporaryHome();
  leftovers.defer(() => home.remove());
  const dir = home.path("absurd");
  const about = (name: string, place: string) => ["--name", name, "--place", place];
  await askCli(home, "init", dir, ...about(ONE_WORD, ARABIC));
  const names = [ONE_WORD, EMOJI, ARABIC];
  for (const [index, name] of names.entries()) {
    const port = ["--port", `sim:sds011?seed=${index}`, "--driver", "sds011"];
    await askCli(home, "sensor", "add", "--workspace", dir, ...port, ...about(name, names[index - 1] ?? ONE_WORD));
  }
  writeFileSync(home.path("decade.csv"), decade());
  await askCli(home, "data", "import", home.path("decade.csv"), "--workspace", dir, "--place", ONE_WORD);
  served = await openWorkspace(home, dir);
  leftovers.defer(() => served.kill());
  browser = await launchBrowser();
  leftovers.defer(() => browser.close());
  const { sensors } = await askCli<{ sensors: { id: string }[] }>(home, "sensor", "list", "--workspace", dir);
  const status = await askCli<{ counts: { channels: number } }>(home, "status", "--workspace", dir);
  expect(status.counts.channels).toBeGreaterThanOrEqual(6);
  screens = [
    ...PLAIN_SCREENS,
    ...sensors.flatMap(({ id }, index): Screen[] => [
      [`sensor ${index}`, `#/sensors/${id}`, (page) => page.getByRole("heading", { level: 1 })],
      [`its health ${index}`, `#/sensors/${id}?tab=health`, (page) => page.getByRole("heading", { level: 1 })],
    ]),
    ["a year", "#/data?range=1y", (page) => page.getByRole("heading", { level: 1 })],
  ];
}, 180_000);

afterAll(() => leftovers.disposeAsync());

/** Ten years of one value a week, among them some that no device should ever say. */
function decade(): string {
  const week = 7 * 24 * 3_600_000;
  const start = Date.now() - YEARS * 52 * week;
  const absurd = [9.9e11, -40, 0, 1e-9, 123_456_789.123_456];
  const rows = Array.from({ length: YEARS * 52 }, (_, index) => {
    const value = index % 40 < absurd.length ? absurd[index % 40] : 18;
    return `${new Date(start + index * week).toISOString()},${value}`;
  });
  return ["time,temperature", ...rows, ""].join("\n");
}

describe.each(WIDTHS)("At %i pixels", (width) => {
  test("no screen is wider than the window, whatever the names and numbers are", async () => {
    expect(await faultsOfAll(width, "ltr")).toEqual([]);
  }, 180_000);

  test("nor in a script that is written from right to left", async () => {
    expect(await faultsOfAll(width, "rtl")).toEqual([]);
  }, 180_000);
});

/** What is too wide, screen by screen. */
async function faultsOfAll(width: number, direction: "ltr" | "rtl"): Promise<string[]> {
  const page = await browser.newPage({ width });
  await page.goto(served.url);
  await page.evaluate((dir) => {
    document.documentElement.dir = dir;
  }, direction);
  const wide: string[] = [];
  for (const screen of screens) {
    await show(page, screen);
    wide.push(...(await widerThanWindow(page)).map((fault) => `${screen[0]}: ${fault}`));
  }
  await page.context().close();
  return wide;
}

/** The window scrolls to the side, or something on it reaches beyond the edge. */
async function widerThanWindow(page: Page): Promise<string[]> {
  await page.getByRole("status", { name: say("state.loading") }).waitFor({ state: "detached" });
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const beyond = [...document.querySelectorAll("body *")].filter((element) => {
      const { left, right } = element.getBoundingClientRect();
      return right > clientWidth + 1 || left < -1;
    });
    return [
      `${scrollWidth} of ${clientWidth}: ${beyond
        .slice(-3)
        .map(({ tagName, className }) => `${tagName}.${className}`)
        .join(", ")}`,
    ];
  });
}
