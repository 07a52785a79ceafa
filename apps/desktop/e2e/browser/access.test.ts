/** Who gets in: the page at a printed address, this tab after a reload, and nobody else. */
import { request } from "node:http";
import { contentSecurityPolicy } from "@ecolocal/engine/page-files";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import WebSocket from "ws";
import type { TestBrowser } from "../support/browser.ts";
import { openWorkspace, type ServedWorkspace } from "../support/cli.ts";
import { openHome } from "../support/open-home.ts";
import { say } from "../support/say.ts";
import { PLAIN_SCREENS, show } from "../support/screens.ts";
import type { TemporaryHome } from "../support/temporary-home.ts";
import { reloadWatched } from "../support/watch-page.ts";
import { foundWorkspace, WORKSPACE_NAME } from "../support/workspace.ts";

const leftovers = new AsyncDisposableStack();
let home: TemporaryHome;
let dir: string;
let served: ServedWorkspace;
let browser: TestBrowser;
let page: Page;

beforeAll(async () => {
  ({ home, served, browser } = await openHome(leftovers, async (made) => {
    dir = await foundWorkspace(made);
    return dir;
  }));
  page = await browser.newPage();
});

afterAll(() => leftovers.disposeAsync());

const workspaceName = () => page.getByText(WORKSPACE_NAME).first();

test("Without its key the page says so and how to get one", async () => {
  await page.goto(new URL("/", served.url).href);
  await page.getByRole("heading", { name: say("refused.tokenTitle") }).waitFor();
});

test("Pasting the printed address into that tab lets it in, and the key disappears from the address", async () => {
  await page.goto(served.url);
  await workspaceName().waitFor();
  expect(page.url()).not.toContain("token");
  expect(await page.context().cookies()).toEqual([]);
});

test("A reload keeps working, without a complaint of the page or its policy", async () => {
  const watch = await reloadWatched(page);
  await workspaceName().waitFor();
  for (const screen of PLAIN_SCREENS) {
    await show(page, screen);
  }
  expect(await watch.violations()).toEqual([]);
  expect(watch.errors).toEqual([]);
});

test("Another tab without the key stays outside", async () => {
  const stranger = await browser.newPage();
  await stranger.goto(new URL("/", served.url).href);
  await stranger.getByRole("heading", { name: say("refused.tokenTitle") }).waitFor();
  await stranger.context().close();
});

test("The page may do in the browser exactly what it may do in the desktop window", async () => {
  const response = await page.request.get(new URL("/", served.url).href);
  const policy = response.headers()["content-security-policy"] ?? "";
  const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? "";
  expect(policy).toBe(contentSecurityPolicy(nonce));
});

test("Foreign names, pages and keys are refused before anything is answered", async () => {
  const token = new URL(served.url).hash.slice("#token=".length);
  const own = `http://127.0.0.1:${served.port}`;
  expect(await statusOf({ path: "/", headers: { host: `evil.example:${served.port}` } })).toBe(421);
  expect(await statusOf({ path: "/..%2f..%2fpackage.json" })).toBe(400);
  expect(await statusOf({ path: "/", method: "POST" })).toBe(405);
  expect(await connect({ origin: own }, `auth.${token}`)).toBe("open");
  expect(await connect({ origin: "http://evil.example" }, `auth.${token}`)).toMatch(/403/);
  expect(await connect({}, `auth.${token}`)).toMatch(/403/);
  expect(await connect({ origin: own }, "auth.wrong")).toMatch(/401/);
});

test("When its host dies the page says so; the next start has a new key, and its address brings the page back", async () => {
  await served.kill();
  await page.getByText(say("banner.cutOff")).waitFor();
  served = await openWorkspace(home, dir, served.port);
  // A new start has a new key: the old tab has to be given it.
  await page
    .getByRole("heading", { name: say("refused.tokenTitle") })
    .or(workspaceName())
    .first()
    .waitFor();
  await page.goto(served.url);
  await workspaceName().waitFor();
  await page.getByText(say("banner.cutOff")).waitFor({ state: "detached" });
});

test("Ctrl-C ends the host cleanly, and the page notices", async () => {
  expect(await served.stop()).toBe(130);
  await page.getByText(say("banner.cutOff")).waitFor();
});

test("Nothing was asked of any other machine", () => {
  expect(browser.foreignRequests).toEqual([]);
});

function statusOf(options: { path: string; method?: string; headers?: Record<string, string> }): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: "127.0.0.1", port: served.port, ...options }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    asked.once("error", reject);
    asked.end();
  });
}

function connect(headers: { origin?: string }, auth: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${served.port}/api/ws`, ["ecolocal.v1", auth], { ...headers });
    socket.once("open", () => {
      resolve("open");
      socket.close();
    });
    socket.once("error", (error) => resolve(error.message));
  });
}
