import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Browser } from "playwright-core";
import { atMost, type Benchmark, type BenchOptions } from "../lib/record.ts";
import { median } from "../lib/timing.ts";
import { launchChromium, runCli, serveApp } from "./browser.ts";

const ROUNDS = { quick: 1, usual: 5, full: 9 };
const ENTRY_LIMIT_KB = 400;
const HOME_LIMIT_MS = 2000;
const ROUTE_LIMIT_MS = 100;

/** What a person waits for: the size of the first page, the start, a change of screen. */
export const benchmark: Benchmark = {
  title: "the page",
  async run(options) {
    const env = {
      ...process.env,
      ECOLOCAL_DATA_DIR: join(options.folder, "data"),
      ECOLOCAL_CONFIG_DIR: join(options.folder, "config"),
    };
    await runCli(["demo", "--json"], env);
    const browser = await launchChromium();
    try {
      await measureEntry(browser, env, options);
      await measureStart(browser, env, options);
      await measureRoutes(browser, env, options);
    } finally {
      await browser.close();
    }
  },
};

const demo = (env: NodeJS.ProcessEnv): string[] => ["--workspace", join(env["ECOLOCAL_DATA_DIR"] ?? "", "demo")];

async function measureEntry(browser: Browser, env: NodeJS.ProcessEnv, { report }: BenchOptions): Promise<void> {
  const app = await serveApp(demo(env), env);
  const page = await browser.newPage();
  const bodies: Promise<Buffer>[] = [];
  page.on("response", (response) => {
    if (/\.(js|css|html)$|\/$/.test(new URL(response.url()).pathname))
      bodies.push(response.body().catch(() => Buffer.alloc(0)));
  });
  await page.goto(app.url);
  await page.getByRole("heading", { level: 1 }).waitFor();
  const sizes = (await Promise.all(bodies)).map((body) => gzipSync(body).byteLength);
  await page.close();
  await app.stop();
  report({
    measure: "first page, gzip: scripts, styles, one language",
    ours: sizes.reduce((sum, size) => sum + size, 0) / 1024,
    peer: ENTRY_LIMIT_KB,
    peerName: "limit",
    unit: "KB",
    better: "share",
    target: atMost(1),
  });
}

async function measureStart(browser: Browser, env: NodeJS.ProcessEnv, { scale, report }: BenchOptions): Promise<void> {
  const toHome: number[] = [];
  const toChart: number[] = [];
  for (let round = 0; round < ROUNDS[scale]; round++) {
    const startedAt = performance.now();
    const app = await serveApp(demo(env), env);
    const page = await browser.newPage();
    await page.goto(app.url);
    await page.getByRole("heading", { level: 1 }).waitFor();
    toHome.push(performance.now() - startedAt);
    await page.getByRole("link", { name: "Sensors" }).first().click();
    await page.locator("main a[href*='sensors/']").first().click();
    await page.locator("main canvas").first().waitFor();
    toChart.push(performance.now() - startedAt);
    await page.close();
    await app.stop();
  }
  const common = { peerName: "limit", unit: "ms", better: "share" } as const;
  report({
    ...common,
    measure: "`ecolocal open` to the interactive home",
    ours: median(toHome),
    peer: HOME_LIMIT_MS,
    target: atMost(1),
  });
  report({
    ...common,
    measure: "`ecolocal open` to the first chart, two clicks included",
    ours: median(toChart),
    peer: null,
  });
}

async function measureRoutes(browser: Browser, env: NodeJS.ProcessEnv, { scale, report }: BenchOptions): Promise<void> {
  const app = await serveApp(demo(env), env);
  const page = await browser.newPage();
  await page.goto(app.url);
  const times: number[] = [];
  for (let round = 0; round <= ROUNDS[scale]; round++) {
    for (const [link, heading] of [
      ["Sensors", "Sensors"],
      ["Projects", "Projects"],
    ] as const) {
      const startedAt = performance.now();
      await page.getByRole("link", { name: link }).first().click();
      await page.getByRole("heading", { level: 1, name: heading }).waitFor();
      // The first round loads the screens' code.
      if (round > 0) times.push(performance.now() - startedAt);
    }
  }
  await page.close();
  await app.stop();
  report({
    measure: "change of screen, click to heading",
    ours: median(times),
    peer: ROUTE_LIMIT_MS,
    peerName: "limit",
    unit: "ms",
    better: "share",
    target: atMost(1),
  });
}
