/** From a plugged-in device to live values at home, on a pseudo-terminal that speaks as an SDS011 does. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { TestBrowser } from "../support/browser.ts";
import { addSimulatedSensor, askCli, type ServedWorkspace } from "../support/cli.ts";
import { openHome } from "../support/open-home.ts";
import { say } from "../support/say.ts";
import { replayReports } from "../support/sds011.ts";
import { plugIn, type SerialPair } from "../support/serial-pair.ts";
import type { TemporaryHome } from "../support/temporary-home.ts";
import { foundWorkspace } from "../support/workspace.ts";

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
    return dir;
  }));
  page = await browser.newPage();
  await page.goto(served.url);
});

afterAll(() => leftovers.disposeAsync());

const card = (what: string) => page.getByRole("listitem").filter({ hasText: what });

test("The device's numbers move in the sheet before anything is saved", async () => {
  await page
    .getByRole("link", { name: say("sensors.add") })
    .first()
    .click();
  await page.getByRole("button", { name: say("add.typePath") }).click();
  await page.getByLabel(say("add.path")).fill(cable.device);
  await page.getByRole("button", { name: say("add.usePath") }).click();
  await page.getByRole("button", { name: say("add.kind") }).click();
  await page.getByRole("option", { name: /SDS011/ }).click();
  const sheet = page.getByRole("dialog");
  await sheet.getByText("13.4").waitFor();
  await sheet.getByText("21.7").waitFor();
  expect(await askCli(home, "sensor", "list", "--workspace", dir)).toMatchObject({ sensors: [] });
});

test("Saved with a name and a place it becomes a live card at home", async () => {
  const sheet = page.getByRole("dialog");
  await sheet.getByLabel(say("sensor.place")).fill("Kitchen");
  await sheet.getByLabel(say("sensor.name"), { exact: true }).fill("Kitchen air");
  await sheet.getByRole("button", { name: say("add.save") }).click();
  await page.getByRole("heading", { level: 1, name: /Kitchen air/ }).waitFor();
  await page
    .getByRole("link", { name: say("nav.home") })
    .first()
    .click();
  await card(say("quantity.pm25")).getByText("13.4").waitFor();
  await card(say("quantity.pm10")).getByText("21.7").waitFor();
});

test("A sensor that is added in a terminal appears without a reload", async () => {
  await page
    .getByRole("link", { name: say("nav.sensors") })
    .first()
    .click();
  await page.getByRole("link", { name: "Kitchen air" }).waitFor();
  await addSimulatedSensor(home, dir, "Yard");
  await page.getByRole("link", { name: "Yard" }).waitFor();
});

test("A pulled plug is shown, and the sensor reads on when it is back", async () => {
  stopReplay();
  await cable.unplug();
  const row = page.getByRole("listitem").filter({ hasText: "Kitchen air" });
  await row.getByText(new RegExp(`${say("sensorState.disconnected")}|${say("sensorState.waiting")}`)).waitFor();
  cable = await plugIn(cable.device);
  stopReplay = replayReports(cable, 35.2, 48.9);
  await row.getByText(say("sensorState.reading")).waitFor();
});

test("Nothing was asked of any other machine", () => {
  expect(browser.foreignRequests).toEqual([]);
});
