import { type Browser, chromium, type Page } from "playwright-core";
import { findChromium } from "./chromium.ts";

/** A person's browser: every page it opens may reach this machine only, and says what it tried beyond. */
export interface TestBrowser {
  newPage(options?: PageOptions): Promise<Page>;
  /** Addresses outside this machine that a page asked for; nothing should. */
  readonly foreignRequests: string[];
  close(): Promise<void>;
}

export interface PageOptions {
  readonly width?: number;
  readonly height?: number;
  readonly colorScheme?: "light" | "dark";
}

export async function launchBrowser(): Promise<TestBrowser> {
  const browser: Browser = await chromium.launch({
    executablePath: findChromium(),
    args: ["--disable-gpu"],
    // People's systems write UTF-8; without it Chromium calls a file with a dash in its name "download".
    env: { ...process.env, LC_ALL: "C.UTF-8" },
  });
  const foreignRequests: string[] = [];
  return {
    foreignRequests,
    close: () => browser.close(),
    async newPage({ width = 1280, height = 860, colorScheme = "light" } = {}) {
      const context = await browser.newContext({
        viewport: { width, height },
        colorScheme,
        locale: "en-GB",
        timezoneId: "Europe/Berlin",
        reducedMotion: "reduce",
      });
      await context.route(
        (url) => url.hostname !== "127.0.0.1",
        (route) => {
          foreignRequests.push(route.request().url());
          return route.abort("internetdisconnected");
        },
      );
      return context.newPage();
    },
  };
}
