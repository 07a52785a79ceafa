import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, CDPSession, Page } from "playwright-core";
import { atMost, type Benchmark, type BenchOptions } from "../lib/record.ts";
import { median } from "../lib/timing.ts";
import { launchChromium, runCli, type ServedApp, serveApp } from "./browser.ts";

const MINUTE_MS = 60_000;
const YEAR_MINUTES = 365 * 1440;
const ROUNDS = { quick: 2, usual: 7, full: 15 };
const LIVE_SENSORS = 50;
const LIVE_SECONDS = { quick: 10, usual: 60, full: 600 };
const YEAR_LIMIT_MS = 200;
const PAINT_LIMIT_MS = 40;
const PAINTED_POINTS = 100_000;
const CORE_LIMIT_PCT = 10;

/** What a person sees of many readings: a year of minutes, and a hundred values a second. */
export const benchmark: Benchmark = {
  title: "readings on screen",
  async run(options) {
    const env = {
      ...process.env,
      ECOLOCAL_DATA_DIR: join(options.folder, "data"),
      ECOLOCAL_CONFIG_DIR: join(options.folder, "config"),
    };
    const browser = await launchChromium();
    try {
      await measureYear(browser, env, options);
      await measureLive(browser, env, options);
    } finally {
      await browser.close();
    }
  },
};

/** From the click on "1 year" until the chart has painted it, the question to the engine included. */
async function measureYear(browser: Browser, env: NodeJS.ProcessEnv, options: BenchOptions): Promise<void> {
  const workspace = join(options.folder, "year");
  await runCli(["init", workspace, "--name", "Year", "--json"], env);
  const file = join(options.folder, "year.csv");
  writeFileSync(file, yearOfMinutes());
  options.say("importing a year of minutes");
  await runCli(["data", "import", file, "--workspace", workspace, "--json"], env);
  await withPage(browser, ["--workspace", workspace], env, async (page) => {
    await page.getByRole("link", { name: "Data" }).first().click();
    await page.getByRole("heading", { level: 1, name: "Data" }).waitFor();
    await page.locator("main figure canvas").first().waitFor();
    const times: number[] = [];
    for (let round = 0; round <= ROUNDS[options.scale]; round++) {
      await choose(page, "24 h");
      const took = await choose(page, "1 year");
      if (round > 0) times.push(took);
    }
    limit(options, "a year of minutes on screen, click to paint, query included", median(times), YEAR_LIMIT_MS, "ms");
    limit(options, "100,000 points painted", await paintMany(page), PAINT_LIMIT_MS, "ms");
  });
}

/** A hundred channels that each change once a second: what the page's own process costs. */
async function measureLive(browser: Browser, env: NodeJS.ProcessEnv, options: BenchOptions): Promise<void> {
  const workspace = join(options.folder, "live");
  await runCli(["init", workspace, "--name", "Live", "--json"], env);
  options.say(`adding ${LIVE_SENSORS} sensors with two channels each`);
  for (let index = 0; index < LIVE_SENSORS; index++) {
    const where = ["--workspace", workspace, "--driver", "sds011", "--port", `sim:sds011?seed=${index}`];
    await runCli(["sensor", "add", ...where, "--name", `Sensor ${index}`, "--json"], env);
  }
  await withPage(browser, ["--workspace", workspace], env, async (page) => {
    await page.getByRole("link", { name: "Sensors" }).first().click();
    await page.getByRole("heading", { level: 1, name: "Sensors" }).waitFor();
    await page.waitForTimeout(5000);
    const session = await page.context().newCDPSession(page);
    await session.send("Performance.enable");
    const heapBefore = await heapMb(session);
    const busyBefore = await busySeconds(session);
    const startedAt = performance.now();
    options.say(`watching for ${LIVE_SECONDS[options.scale]} s`);
    await page.waitForTimeout(LIVE_SECONDS[options.scale] * 1000);
    const share = (100 * (await busySeconds(session)) - 100 * busyBefore) / ((performance.now() - startedAt) / 1000);
    limit(
      options,
      "100 channels at 1 Hz in the list of sensors, page's main thread",
      share,
      CORE_LIMIT_PCT,
      "% of a core",
    );
    options.report({
      measure: "the page's heap after watching them, beside before",
      ours: await heapMb(session),
      peer: heapBefore,
      peerName: "before",
      unit: "MB",
      better: "share",
    });
  });
}

async function withPage(
  browser: Browser,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  work: (page: Page, app: ServedApp) => Promise<void>,
): Promise<void> {
  const app = await serveApp(args, env);
  const page = await browser.newPage();
  try {
    await page.goto(app.url);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await work(page, app);
  } finally {
    await page.close();
    await app.stop();
  }
}

/** Clicks a range and waits, inside the page, until its chart says another summary and has been painted. */
async function choose(page: Page, range: string): Promise<number> {
  return await page.evaluate(async (label) => {
    const option = [...document.querySelectorAll("label")].find(({ textContent }) => textContent === label);
    const figure = document.querySelector("main figure");
    if (!option || !figure) throw new TypeError("The chart is not there.");
    const painted = new Promise<number>((resolve) => {
      const seen = new MutationObserver(() => {
        seen.disconnect();
        requestAnimationFrame(() => setTimeout(() => resolve(performance.now())));
      });
      seen.observe(figure, { subtree: true, childList: true, characterData: true });
    });
    const startedAt = performance.now();
    option.click();
    return (await painted) - startedAt;
  }, range);
}

/** One line of many points on a canvas of the chart's size, as the chart library draws it. */
async function paintMany(page: Page): Promise<number> {
  const script = readFileSync(
    join(import.meta.dirname, "..", "..", "node_modules/uplot/dist/uPlot.iife.min.js"),
    "utf8",
  );
  const blank = await page.context().browser()?.newPage();
  if (!blank) return Number.NaN;
  await blank.setContent("<body></body>");
  await blank.addScriptTag({ content: script });
  const times = await blank.evaluate(async (count) => {
    const x = Float64Array.from({ length: count }, (_, i) => i);
    const y = Float64Array.from({ length: count }, (_, i) => Math.sin(i / 50) + Math.sin(i));
    const Plot = Reflect.get(globalThis, "uPlot");
    const plot = new Plot(
      { width: 1000, height: 300, scales: { x: { time: false } }, series: [{}, { stroke: "green", width: 2 }] },
      [x, y],
      document.body,
    );
    const took: number[] = [];
    for (let round = 0; round < 9; round++) {
      const startedAt = performance.now();
      plot.redraw(true, false);
      // It draws in a microtask; reading a pixel makes sure that the canvas has.
      await Promise.resolve();
      plot.ctx.getImageData(0, 0, 1, 1);
      took.push(performance.now() - startedAt);
    }
    return took;
  }, PAINTED_POINTS);
  await blank.close();
  return median(times);
}

async function busySeconds(session: CDPSession): Promise<number> {
  const { metrics } = await session.send("Performance.getMetrics");
  return metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN;
}

async function heapMb(session: CDPSession): Promise<number> {
  await session.send("HeapProfiler.collectGarbage");
  const { metrics } = await session.send("Performance.getMetrics");
  return (metrics.find(({ name }) => name === "JSHeapUsedSize")?.value ?? Number.NaN) / 1024 ** 2;
}

function yearOfMinutes(): string {
  const to = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS;
  const rows = Array.from({ length: YEAR_MINUTES }, (_, i) => {
    const at = new Date(to - (YEAR_MINUTES - i) * MINUTE_MS).toISOString();
    return `${at},${(12 + 8 * Math.sin(i / 700) + ((i * 7919) % 17) / 10).toFixed(1)}`;
  });
  return `time,pm25\n${rows.join("\n")}\n`;
}

function limit({ report }: BenchOptions, measure: string, ours: number, most: number, unit: string): void {
  report({ measure, ours, peer: most, peerName: "limit", unit, better: "share", target: atMost(1) });
}
