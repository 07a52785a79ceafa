/** The ways through the app that matter most, without a mouse. */
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchBrowser } from "../support/browser.ts";
import { openWorkspace } from "../support/cli.ts";
import { type KeyboardPerson, withKeyboard } from "../support/keyboard.ts";
import { say } from "../support/say.ts";
import { replayReports } from "../support/sds011.ts";
import { plugIn, type SerialPair } from "../support/serial-pair.ts";
import { createTemporaryHome } from "../support/temporary-home.ts";

const leftovers = new AsyncDisposableStack();
let cable: SerialPair;
let page: Page;
let person: KeyboardPerson;

beforeAll(async () => {
  const home = createTemporaryHome();
  leftovers.defer(() => home.remove());
  cable = await plugIn(home.path("ttyUSB0"));
  leftovers.defer(() => cable.unplug());
  leftovers.defer(replayReports(cable, 13.4, 21.7));
  const served = await openWorkspace(home, null);
  leftovers.defer(() => served.kill());
  const browser = await launchBrowser();
  leftovers.defer(() => browser.close());
  page = await browser.newPage();
  await page.goto(served.url);
  person = withKeyboard(page);
});

afterAll(() => leftovers.disposeAsync());

const button = (id: string): Locator => page.getByRole("button", { name: say(id), exact: true });
const link = (id: string): Locator => page.getByRole("link", { name: say(id), exact: true });
const heading = (name: string | RegExp): Locator => page.getByRole("heading", { level: 1, name });

test("The first run, and a sensor that is added", async () => {
  await person.enter(button("welcome.found.title"));
  await person.type(page.getByLabel(say("settings.name")), "Our street");
  await person.enter(button("welcome.found.go"));
  await person.enter(link("start.continue"));
  await person.enter(button("start.device"));
  await person.enter(button("add.typePath"));
  await person.type(page.getByLabel(say("add.path")), cable.device);
  await person.enter(button("add.usePath"));
  await person.enter(page.getByRole("button", { name: say("add.kind") }));
  await page.getByRole("option", { name: /SDS011/ }).waitFor();
  await page.keyboard.type("Nova SDS011");
  await person.press("Enter");
  await page.getByRole("dialog").getByText("13.4").waitFor();
  await person.type(page.getByRole("dialog").getByLabel(say("sensor.place")), "Kitchen");
  await person.enter(button("add.save"));
  const card = page.getByRole("listitem").filter({ hasText: say("quantity.pm25") });
  await card.getByText("13.4").waitFor();
});

test("A chart is read value by value", async () => {
  await person.press("g", "s");
  await heading(say("sensors.title")).waitFor();
  await person.enter(page.getByRole("main").getByRole("heading", { level: 2 }).getByRole("link").first());
  const chart = page.getByRole("main").getByRole("figure").first();
  await person.reach(chart.locator('[tabindex="0"]').first());
  await person.press("End");
  await expect.poll(() => page.getByRole("main").textContent()).toMatch(/13\.4/);
  await person.enter(page.getByRole("button", { name: say("chart.asTable") }));
  await page.getByRole("table").first().waitFor();
});

test("An idea of the demo is accepted, and a task of its project is moved", async () => {
  await person.enter(page.getByRole("button", { name: say("switcher.label") }));
  await page.getByRole("menuitem", { name: say("switcher.demo") }).waitFor();
  await page.keyboard.type(say("switcher.demo"));
  await person.press("Enter");
  await page.getByText(say("demo.badge"), { exact: true }).waitFor();
  await person.press("g", "i");
  await heading(say("ideas.title")).waitFor();
  await person.enter(page.getByRole("tabpanel").getByRole("heading", { level: 2 }).getByRole("link").first());
  await person.enter(button("idea.accept"));
  await person.enter(page.getByRole("dialog").getByRole("button", { name: say("idea.acceptStart") }));
  const todo = page.getByRole("button", { name: new RegExp(`^${say("taskStatus.todo")}`) });
  await person.enter(todo.first());
  await page.getByRole("menu").waitFor();
  await page.keyboard.type(say("taskStatus.doing"));
  await person.press("Enter");
  await page.getByRole("button", { name: new RegExp(`^${say("taskStatus.doing")}`) }).waitFor();
});
