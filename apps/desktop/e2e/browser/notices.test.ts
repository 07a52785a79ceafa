/** A pulled plug comes into the inbox by itself, and so does the return of the sensor. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { TestBrowser } from "../support/browser.ts";
import { askCli, type ServedWorkspace } from "../support/cli.ts";
import { openHome } from "../support/open-home.ts";
import { say } from "../support/say.ts";
import { replayReports } from "../support/sds011.ts";
import { plugIn, type SerialPair } from "../support/serial-pair.ts";
import type { TemporaryHome } from "../support/temporary-home.ts";
import { foundWorkspace } from "../support/workspace.ts";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const leftovers = new AsyncDisposableStack();
let home: TemporaryHome;
let dir: string;
let served: ServedWorkspace;
let browser: TestBrowser;
let page: Page;
let cable: SerialPair;
let stopReplay: () => void;

beforeAll(async () => {
  ({ home, served, browser } = await openHome(leftovers, async (made) => {
    dir = await foundWorkspace(made);
    cable = await plugIn(made.path("ttyUSB0"));
    leftovers.defer(() => cable.unplug());
    stopReplay = replayReports(cable, 13.4, 21.7);
    leftovers.defer(() => stopReplay());
    const device = ["--driver", "sds011", "--port", cable.device];
    await askCli(made, "sensor", "add", "--workspace", dir, ...device, "--name", "Kitchen air");
    return dir;
  }));
  await askCli(home, "notice", "settings", "--no-quiet", "--workspace", dir);
  page = await browser.newPage();
  await page.addInitScript(() => {
    // The system's own window cannot be looked at from here.
    Object.assign(globalThis, { shown: [] as string[] });
    class Shown {
      static permission = "default";
      static async requestPermission(): Promise<string> {
        Shown.permission = "granted";
        return "granted";
      }
      constructor(_title: string, { body }: { body: string }) {
        (globalThis as unknown as { shown: string[] }).shown.push(body);
      }
    }
    Object.assign(globalThis, { Notification: Shown });
  });
  await page.goto(served.url);
});

afterAll(() => leftovers.disposeAsync());

const bell = (count: number) => page.getByRole("link", { name: say("inbox.bell", { count }) });

test("The inbox of a quiet workspace says that there is nothing to tell", async () => {
  await bell(0).click();
  await page.getByText(say("inbox.emptyTitle")).waitFor();
});

test("Nothing asks for desktop notifications until somebody presses the button", async () => {
  await page.goto(`${new URL(served.url).origin}/#/settings`);
  await page.getByRole("button", { name: say("settings.desktop") }).click();
  await page.getByText(say("settings.desktop.granted")).waitFor();
});

test("A pulled plug is told at the bell and in the inbox, without anybody asking", async () => {
  await page.goto(`${new URL(served.url).origin}/#/sensors`);
  await page.getByRole("listitem").filter({ hasText: "Kitchen air" }).getByText(say("sensorState.reading")).waitFor();
  stopReplay();
  await cable.unplug();
  await bell(1).click({ timeout: 90_000 });
  await page.getByText(say("notice.sensor_disconnected", { sensor: "Kitchen air" })).waitFor();
  await page.getByText(say("inbox.goesOn")).waitFor();
  const shown = () => page.evaluate(() => (globalThis as unknown as { shown: string[] }).shown);
  await expect.poll(shown).toEqual([say("notice.sensor_disconnected", { sensor: "Kitchen air" })]);
  const { notices } = await askCli<{ notices: object[] }>(home, "notice", "list", "--open", "--workspace", dir);
  expect(notices).toMatchObject([{ kind: "sensor_disconnected" }]);
});

test("Its return is told too, and the trouble is over", async () => {
  cable = await plugIn(cable.device);
  stopReplay = replayReports(cable, 35.2, 48.9);
  await page.getByText(say("notice.sensor_returned", { sensor: "Kitchen air" })).waitFor({ timeout: 90_000 });
  await bell(2).waitFor();
  expect(await page.getByText(say("inbox.goesOn")).count()).toBe(0);
});

test("What is read leaves the bell, by keyboard, and undo brings it back", async () => {
  await page.getByRole("button", { name: say("inbox.markAll") }).focus();
  await page.keyboard.press("Enter");
  await bell(0).waitFor();
  await page.keyboard.press("Control+z");
  await bell(2).waitFor();
});

test("Inbox and settings keep the rules of accessibility", async () => {
  for (const route of ["inbox", "settings"]) {
    await page.goto(`${new URL(served.url).origin}/#/${route}`);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page.evaluate(AXE);
    const { violations } = await page.evaluate(() =>
      (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
    );
    expect(violations.map(({ id, nodes }) => `${route} ${id} ${nodes[0]?.html}`)).toEqual([]);
  }
});
