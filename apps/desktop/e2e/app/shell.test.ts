/** What the window may and may not do, whatever page is in it. */

import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type DesktopApp, launchDesktop } from "../support/desktop-app.ts";
import { createTemporaryHome, type TemporaryHome } from "../support/temporary-home.ts";
import { foundWorkspace } from "../support/workspace.ts";

const leftovers = new AsyncDisposableStack();
let home: TemporaryHome;
let app: DesktopApp;
let page: Page;

beforeAll(async () => {
  home = createTemporaryHome();
  leftovers.defer(() => home.remove());
  app = await launchDesktop({ env: home.env, args: ["--workspace", await foundWorkspace(home)] });
  leftovers.defer(async () => expect(await app.close()).toBe(0));
  page = await app.firstWindow();
});

afterAll(() => leftovers.disposeAsync());

test("The page sees a frozen bridge with two verbs, and nothing of Node or Electron", async () => {
  const seen = await page.evaluate(() => {
    const { ecolocal } = window as unknown as { ecolocal: object };
    return {
      keys: Object.keys(ecolocal),
      isFrozen: Object.isFrozen(ecolocal),
      leaks: ["require", "process", "module", "Buffer", "global", "ipcRenderer"].filter((name) => name in globalThis),
      isSecureContext,
    };
  });
  expect(seen).toEqual({ keys: ["bridge", "connect", "speak"], isFrozen: true, leaks: [], isSecureContext: true });
});

test("The menu speaks the language that the page speaks, whatever the system's is", async () => {
  const file = () => app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.items[0]?.label);
  const choose = (language: string) =>
    page.evaluate((chosen) => {
      localStorage.setItem("ecolocal.preferences", JSON.stringify({ language: chosen }));
      location.reload();
    }, language);
  await choose("fr");
  await expect.poll(file, { timeout: 20_000 }).toBe("Fichier");
  await choose("en");
  await expect.poll(file, { timeout: 20_000 }).toBe("File");
});

test("The page cannot replace the bridge", async () => {
  const kind = await page.evaluate(() => {
    try {
      Object.assign(window, { ecolocal: "mine" });
    } catch {
      // A read-only property says no with an exception, or with silence.
    }
    return typeof Reflect.get(window, "ecolocal");
  });
  expect(kind).toBe("object");
});

test("Every permission but that for notifications is refused, in each of the three ways a page can want one", async () => {
  for (const permission of ["geolocation", "media", "serial", "clipboard-read", "midi"]) {
    const isRefused = await page.evaluate(async (name) => {
      const status = await navigator.permissions.query({ name: name as PermissionName }).catch(() => null);
      return status?.state !== "granted";
    }, permission);
    expect(isRefused, permission).toBe(true);
    if (app.isDouble) {
      const answers = await app.evaluate(
        ({ session }, name) =>
          (session.defaultSession as unknown as { answersTo(name: string): Promise<unknown> }).answersTo(name),
        permission,
      );
      expect(answers).toEqual({ request: false, check: false, device: false });
    }
  }
  if (app.isDouble) {
    const answers = await app.evaluate(({ session }) =>
      (session.defaultSession as unknown as { answersTo(name: string): Promise<unknown> }).answersTo("notifications"),
    );
    expect(answers).toEqual({ request: true, check: true, device: false });
  }
});

test("A link to elsewhere opens in the person's own browser; anything but https and mail goes nowhere", async () => {
  await app.evaluate(({ shell }) => {
    Reflect.set(globalThis, "opened", []);
    shell.openExternal = async (url) => void Reflect.get(globalThis, "opened").push(url);
  });
  await page.evaluate(() => {
    window.open("file:///etc/passwd");
    window.open("https://example.org/help");
  });
  const opened = () => app.evaluate(() => Reflect.get(globalThis, "opened") as string[]);
  await expect.poll(opened).toEqual(["https://example.org/help"]);
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});

test("The page stays in the app: it can navigate neither to the web nor to a file", async () => {
  const before = page.url();
  for (const url of ["https://example.org/", "http://127.0.0.1:9/"]) {
    await page.evaluate((target) => {
      location.href = target;
    }, url);
    await page.waitForTimeout(200);
    expect(page.url()).toBe(before);
  }
});

test("Frames, evaluation and foreign connections are refused by the policy", async () => {
  const outcome = await page.evaluate(async () => {
    const attempt = (run: () => unknown): string => {
      try {
        return String(run());
      } catch (error) {
        return (error as Error).name;
      }
    };
    const violated = new Promise<string>((resolve) =>
      document.addEventListener("securitypolicyviolation", (event) => resolve(event.effectiveDirective), {
        once: true,
      }),
    );
    const html = attempt(() => {
      document.createElement("div").innerHTML = "<b>x</b>";
    });
    await violated;
    const fetched = await fetch("https://example.org/").then(
      () => "answered",
      (error: Error) => error.name,
    );
    return { html, fetched };
  });
  expect(outcome).toEqual({ html: "TypeError", fetched: "TypeError" });
});

test("Only the top frame of the app's own page is given a port to the engine", async () => {
  const given = await app.evaluate(({ ipcMain, BrowserWindow }) => {
    const sender = BrowserWindow.getAllWindows()[0]?.webContents;
    const ports: string[] = [];
    const frame = (url: string, parent: object | null) => ({
      url,
      parent,
      isDestroyed: () => false,
      postMessage: () => ports.push(url),
    });
    const frames = [
      frame("https://example.org/", null),
      frame("app://ecolocal.example.org/index.html", null),
      frame("app://ecolocal/index.html", {}),
      frame("file:///app://ecolocal/index.html", null),
      null,
    ];
    for (const senderFrame of frames) {
      ipcMain.emit("engine:connect", { sender, senderFrame });
    }
    return new Promise((resolve) => setTimeout(() => resolve(ports), 500));
  });
  expect(given).toEqual([]);
});

test("No request of the page ever left the machine", async () => {
  if (app.isDouble) {
    const blocked = await app.evaluate(
      (electron) => (electron as unknown as { control: { blockedRequests: string[] } }).control.blockedRequests,
    );
    expect(blocked).toEqual([]);
  }
});
