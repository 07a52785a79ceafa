/**
 * Takes screenshots of the app with the fake engine, and reports axe findings, console errors and policy violations.
 *
 * Usage: `node --conditions=source test/app/screens.ts OUT_DIR [--only=name] [--widths=1280,400] [--themes=light,forced]
 * [--font=200] [--dir=rtl]`.
 */
import { mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Browser, chromium, type Page } from "playwright-core";
import { buildFakeApp } from "./build.ts";
import { SCREENS, type Screen } from "./screen-list.ts";
import { serveApp } from "./serve.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: "string" },
    widths: { type: "string", default: "1280,800,400" },
    themes: { type: "string", default: "light,dark" },
    axe: { type: "boolean", default: true },
    /** Text size in percent. */
    font: { type: "string", default: "100" },
    /** `rtl` turns the page around. */
    dir: { type: "string", default: "ltr" },
    build: { type: "boolean", default: true },
  },
  allowNegative: true,
});
const out = positionals[0] ?? "test-results/screens";
const axeSource = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const log = (line: string): void => void process.stdout.write(`${line}\n`);

async function shoot(browser: Browser, base: string, screen: Screen, width: number, theme: string): Promise<number> {
  const context = await browser.newContext({
    viewport: { width, height: screen.height ?? 860 },
    colorScheme: theme === "dark" ? "dark" : "light",
    reducedMotion: "reduce",
    timezoneId: "Europe/Berlin",
    locale: "en-GB",
    ...(theme === "forced" ? { forcedColors: "active" as const } : {}),
  });
  context.setDefaultTimeout(5000);
  const page = await context.newPage();
  const problems: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") problems.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => problems.push(`page: ${error.message}`));
  await page.addInitScript(
    (scenario) => Object.assign(globalThis, { fakeScenario: scenario }),
    screen.scenario ?? "normal",
  );
  await page.addInitScript(
    (scale) => localStorage.setItem("ecolocal.preferences", JSON.stringify({ fontScale: scale })),
    values.font,
  );
  await page.addInitScript(
    (dir) => addEventListener("DOMContentLoaded", () => document.documentElement.setAttribute("dir", dir)),
    values.dir,
  );
  await page.goto(`${base}#${screen.path}`);
  await page.waitForTimeout(screen.settleMs ?? 700);
  if (screen.act)
    await screen.act(page).catch((error: unknown) => problems.push(`act: ${String(error).slice(0, 300)}`));
  const name = `${screen.name}-${theme}-${width}`;
  await page.screenshot({ path: join(out, `${name}.png`), fullPage: screen.fullPage ?? true });
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  if (overflow > 0) problems.push(`scrolls sideways by ${overflow} px`);
  if (values.axe) problems.push(...(await axe(page)));
  log(`${problems.length === 0 ? "ok  " : "BAD "} ${name}`);
  for (const problem of problems) log(`       ${problem}`);
  await context.close();
  return problems.length;
}

async function axe(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  return page.evaluate(async () => {
    const run = (
      globalThis as unknown as {
        axe: {
          run(
            options: unknown,
          ): Promise<{ violations: { id: string; help: string; nodes: { html: string; failureSummary: string }[] }[] }>;
        };
      }
    ).axe;
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    const { violations } = await run.run({ runOnly: tags });
    return violations.flatMap(({ id, nodes }) =>
      nodes
        .slice(0, 4)
        .map((node) => `axe ${id}: ${node.html.slice(0, 160)} — ${node.failureSummary.split("\n")[1] ?? ""}`),
    );
  });
}

await mkdir(out, { recursive: true });
const app = join(out, "app");
if (values.build) await buildFakeApp(app);
const served = await serveApp(app);
const browser = await chromium.launch({
  executablePath: process.env["ECOLOCAL_CHROMIUM"] ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
let bad = 0;
try {
  const only = values.only?.split(",");
  for (const screen of SCREENS.filter(({ name }) => only === undefined || only.some((part) => name.startsWith(part)))) {
    for (const theme of values.themes.split(",")) {
      for (const width of values.widths.split(","))
        bad += await shoot(browser, served.url, screen, Number(width), theme);
    }
  }
} finally {
  await browser.close();
  await served.close();
}
log(`${bad} problems`);
