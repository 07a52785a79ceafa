/**
 * Every component of the kit looks as it did: the kit page in each theme beside its baseline.
 *
 * Baselines are named by the major version of Chromium, because each draws a little differently; another version says so
 * instead of failing. Make them anew with `ECOLOCAL_BASELINES=write npx vitest run --config vitest.e2e.config.ts kit.test`.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { TestBrowser } from "../support/browser.ts";
import type { ServedWorkspace } from "../support/cli.ts";
import { DESKTOP } from "../support/desktop-app.ts";
import { openDemo } from "../support/open-home.ts";
import { comparePictures, smallPicture } from "../support/picture.ts";
import { say } from "../support/say.ts";

/** Of 255, the mean of a block of 32 × 32 CSS pixels: a letter that is hinted otherwise stays below, a colour does not. */
const TOLERANCE = 12;
const SETTLED_MS = 1_500;
const BASELINES = join(DESKTOP, "e2e/baselines");
const SHOWN = join(DESKTOP, "../../test-results/kit");
const LOOKS = [
  { name: "light", theme: "light", contrast: "system" },
  { name: "dark", theme: "dark", contrast: "system" },
  { name: "contrast", theme: "light", contrast: "more" },
] as const;

const leftovers = new AsyncDisposableStack();
let served: ServedWorkspace;
let browser: TestBrowser;

beforeAll(async () => {
  mkdirSync(SHOWN, { recursive: true });
  ({ served, browser } = await openDemo(leftovers));
});

afterAll(() => leftovers.disposeAsync());

test.for(LOOKS)(
  "The kit in the look “$name” is what its baseline shows",
  async ({ name, theme, contrast }, context) => {
    const page = await browser.newPage({ colorScheme: theme });
    await page.emulateMedia({ colorScheme: theme, contrast: contrast === "more" ? "more" : "no-preference" });
    await page.goto(served.url);
    await page.getByRole("heading", { level: 1 }).waitFor();
    const major = await page.evaluate(() => /Chrom\w+\/(\d+)/.exec(navigator.userAgent)?.[1] ?? "unknown");
    await page.evaluate(() => {
      location.hash = "#/kit";
    });
    await page.getByRole("heading", { level: 1, name: say("kit.title") }).waitFor();
    await page.evaluate(() => document.fonts.ready);
    await page.locator("main canvas").first().waitFor();
    // Skeletons come after 300 ms only.
    await page.waitForTimeout(SETTLED_MS);
    const shown = await smallPicture(page.getByRole("main"));
    writeFileSync(join(SHOWN, `kit-${name}.png`), shown);
    const file = join(BASELINES, `chromium-${major}`, `kit-${name}.png`);
    if (process.env["ECOLOCAL_BASELINES"] === "write") {
      mkdirSync(join(file, ".."), { recursive: true });
      writeFileSync(file, shown);
    }
    if (!existsSync(file)) {
      context.skip(`there is no baseline for Chromium ${major}; the picture is in test-results/kit/kit-${name}.png`);
    }
    const { sizes, worst, at } = await comparePictures(page, shown, readFileSync(file));
    expect(sizes[0]).toBe(sizes[1]);
    expect([worst, at, name]).toEqual([expect.toSatisfy((value: number) => value <= TOLERANCE), at, name]);
    await page.close();
  },
);
