/** The first run, from an empty home to a living card, in a browser and without a command line. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import type { Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { launchBrowser, type TestBrowser } from "../support/browser.ts";
import { addSimulatedSensor, askCli, openWorkspace, type ServedWorkspace } from "../support/cli.ts";
import { say } from "../support/say.ts";
import { replayReports } from "../support/sds011.ts";
import { plugIn } from "../support/serial-pair.ts";
import { createTemporaryHome, type TemporaryHome } from "../support/temporary-home.ts";

const DAMAGE = "damaged".repeat(4000);
const MOST_CLICKS = 12;
/** A person reads before each click and types at four keys a second. */
const READING_MS = 6_000;
const KEY_MS = 250;
const MOST_MS = 180_000;

let browser: TestBrowser;
let home: TemporaryHome;
let served: ServedWorkspace;
let page: Page;
let leftovers: AsyncDisposableStack;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

beforeEach(async () => {
  leftovers = new AsyncDisposableStack();
  home = createTemporaryHome();
  leftovers.defer(() => home.remove());
  await serve();
  page = await browser.newPage();
  await page.goto(served.url);
});
afterEach(() => leftovers.disposeAsync());

async function serve(dir: string | null = null): Promise<void> {
  const opened = await openWorkspace(home, dir);
  leftovers.defer(() => opened.kill());
  served = opened;
}

const button = (id: string): Locator => page.getByRole("button", { name: say(id), exact: true });
/** The step that asks how people read has everything chosen already. */
const goOn = (): Locator => page.getByRole("link", { name: say("start.continue"), exact: true });
const title = (name: string): Locator => page.getByRole("heading", { level: 1, name });

/** Counts what a person does, and how long they would need for it. */
function createPerson() {
  const spent = { clicks: 0, ms: 0 };
  const startedAt = performance.now();
  return {
    spent,
    /** The work of the computer, and the reading and typing of the person. */
    totalMs: () => performance.now() - startedAt + spent.ms,
    async click(target: Locator) {
      spent.clicks++;
      spent.ms += READING_MS;
      await target.click();
    },
    async type(target: Locator, text: string) {
      spent.ms += text.length * KEY_MS;
      await target.fill(text);
    },
  };
}

test("From the first start to the live value of a sensor in twelve clicks and three minutes, asking no other machine", async () => {
  const cable = await plugIn(home.path("ttyUSB0"));
  leftovers.defer(() => cable.unplug());
  leftovers.defer(replayReports(cable, 13.4, 21.7));
  const person = createPerson();
  await person.click(button("welcome.found.title"));
  await person.type(page.getByLabel(say("settings.name")), "Our street");
  await person.click(button("welcome.found.go"));
  await person.click(goOn());
  await person.click(button("start.device"));
  await person.click(button("add.typePath"));
  await person.type(page.getByLabel(say("add.path")), cable.device);
  await person.click(button("add.usePath"));
  await person.click(page.getByRole("button", { name: say("add.kind") }));
  await person.click(page.getByRole("option", { name: /SDS011/ }));
  await page.getByRole("dialog").getByText("13.4").waitFor();
  await person.type(page.getByRole("dialog").getByLabel(say("sensor.place")), "Kitchen");
  await person.click(button("add.save"));
  const card = page.getByRole("listitem").filter({ hasText: say("quantity.pm25") });
  await card.getByText("13.4").waitFor();
  expect(person.spent.clicks).toBeLessThanOrEqual(MOST_CLICKS);
  expect(person.totalMs()).toBeLessThanOrEqual(MOST_MS);
  expect(browser.foreignRequests).toEqual([]);
  const status = await askCli<{ name: string; counts: { sensors: number } }>(home, "status");
  expect(status).toMatchObject({ name: "Our street", counts: { sensors: 1 } });
});

test("Nothing is made before somebody chooses", async () => {
  await title(say("welcome.title")).waitFor();
  expect(existsSync(home.path("data", "ecolocal", "workspace"))).toBe(false);
  expect(existsSync(home.path("data", "ecolocal", "demo"))).toBe(false);
});

test("The demo is one click away, says what it is, and leads to a workspace of one's own and back", async () => {
  await button("welcome.demo.title").click();
  await page.getByText(say("demo.badge"), { exact: true }).waitFor();
  await page.getByRole("link", { name: say("demo.startOwn") }).click();
  await page.getByLabel(say("settings.name")).fill("Our street");
  await button("welcome.found.go").click();
  await goOn().click();
  await title("Our street").waitFor();
  expect(await page.getByText(say("demo.badge"), { exact: true }).count()).toBe(0);
  await page.getByRole("button", { name: /Our street/ }).click();
  await page.getByRole("menuitem", { name: say("switcher.demo") }).click();
  await page.getByText(say("demo.badge"), { exact: true }).waitFor();
});

test("Another tab follows when the workspace is changed in this one", async () => {
  const other = await browser.newPage();
  await other.goto(served.url);
  await other.getByRole("heading", { level: 1, name: say("welcome.title") }).waitFor();
  await button("welcome.found.title").click();
  await page.getByLabel(say("settings.name")).fill("Our street");
  await button("welcome.found.go").click();
  await other.getByText("Our street").first().waitFor();
});

test("A link that is no invitation is refused with the next step, and stays to be corrected", async () => {
  await button("welcome.join.title").click();
  const link = page.getByLabel(say("welcome.join.link"));
  await link.fill("https://example.org/hello");
  await button("welcome.join.look").click();
  await page.getByText(say("error.SYNC_LINK_INVALID.what")).waitFor();
  expect(await link.inputValue()).toBe("https://example.org/hello");
});

test("A damaged workspace is explained, and its backup leads on while the damaged file stays as it is", async () => {
  const dir = home.path("street");
  await askCli(home, "init", dir, "--name", "Our street");
  await addSimulatedSensor(home, dir, "Yard");
  await askCli(home, "backup", "create", "--workspace", dir);
  writeFileSync(`${dir}/workspace.db`, DAMAGE);
  await serve(dir);
  await page.goto(served.url);
  await title(say("recovery.title")).waitFor();
  await button("welcome.restore.go").click();
  await page.getByText("Our street").first().waitFor();
  await page.getByRole("link", { name: /Yard/ }).first().waitFor();
  expect(readFileSync(`${dir}/workspace.db`, "utf8")).toBe(DAMAGE);
});
