import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type BrowserContext, chromium, type Page, type Request as PageRequest, type Route } from "playwright-core";
import { findChromium } from "../support/chromium.ts";
import { fromWebUrl, schemeHandler } from "./custom-scheme.ts";
import { control, runtime, warn } from "./state.ts";
import { WebContents } from "./web-contents.ts";

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);
const LOCAL_SCHEMES = new Set(["file:", "data:", "blob:"]);
const QUIET_SWITCHES = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--remote-debugging-port=0",
];

/** Starts Chromium with the app's own profile and puts the app between every page and the network. */
export async function launchChromium(sessionData: string, onClosed: () => void): Promise<void> {
  const profile = join(sessionData, "Chromium");
  const isHeaded = process.env["ELECTRON_DOUBLE_HEADED"] === "1";
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: findChromium(),
    headless: !isHeaded,
    viewport: null,
    serviceWorkers: "block",
    args: [...QUIET_SWITCHES, ...(isHeaded ? ["--app=data:text/html,", "--test-type"] : [])],
  });
  runtime.context = context;
  runtime.firstPage = context.pages()[0];
  runtime.closers.push(() => context.close().catch(() => undefined));
  control.cdpPort = Number(readFileSync(join(profile, "DevToolsActivePort"), "utf8").split("\n")[0]);
  await context.route("**/*", (route, request) => answer(context, route, request));
  context.on("close", onClosed);
}

async function answer(context: BrowserContext, route: Route, request: PageRequest): Promise<void> {
  try {
    await routeRequest(route, request);
  } catch (error) {
    if (!runtime.isQuitting && context.pages().length > 0) {
      warn(`request: ${String(error).split("\n")[0]}`);
    }
    await route.abort().catch(() => undefined);
  }
}

async function routeRequest(route: Route, request: PageRequest): Promise<void> {
  if (request.isNavigationRequest() && !isAllowedNavigation(request)) {
    // This code, unlike the others, leaves the page where it is.
    return route.abort("aborted");
  }
  const url = fromWebUrl(request.url());
  if (url !== request.url()) {
    return answerFromApp(route, request, url);
  }
  const { protocol, hostname } = new URL(url);
  if (LOCAL_SCHEMES.has(protocol) || LOOPBACK.has(hostname)) {
    return route.continue();
  }
  control.blockedRequests.push(url);
  return route.abort("internetdisconnected");
}

function isAllowedNavigation(request: PageRequest): boolean {
  const page = pageOf(request);
  const contents = page && WebContents.ofPage(page);
  if (contents === undefined) {
    return false; // a window that a page opened and that is about to be closed
  }
  const isMainFrame = request.frame() === page?.mainFrame();
  return !isMainFrame || request.redirectedFrom() !== null || contents.mayNavigate(request.url());
}

function pageOf(request: PageRequest): Page | undefined {
  try {
    return request.frame().page();
  } catch {
    return undefined;
  }
}

async function answerFromApp(route: Route, request: PageRequest, url: string): Promise<void> {
  const handler = schemeHandler(url);
  if (handler === undefined) {
    return route.abort("namenotresolved");
  }
  const method = request.method();
  const body = method === "GET" || method === "HEAD" ? null : new Uint8Array(request.postDataBuffer() ?? []);
  const headers = Object.entries(await request.allHeaders()).filter(([name]) => !name.startsWith(":"));
  const response = await handler(new Request(url, { method, headers, body }));
  await route.fulfill({
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: Buffer.from(await response.arrayBuffer()),
  });
}
