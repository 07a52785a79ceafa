/** Two people share a workspace in the app, over a real server that goes away and comes back. */
import { writeFileSync } from "node:fs";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchBrowser, type TestBrowser } from "../support/browser.ts";
import { askCli, openWorkspace } from "../support/cli.ts";
import { say } from "../support/say.ts";
import { type RunningSyncServer, startSyncServer } from "../support/sync-server.ts";
import { createTemporaryHome, type TemporaryHome } from "../support/temporary-home.ts";
import { foundWorkspace } from "../support/workspace.ts";

const QUARTER_MS = 15 * 60_000;
const HOUR_MS = 4 * QUARTER_MS;

const leftovers = new AsyncDisposableStack();
let browser: TestBrowser;
let server: RunningSyncServer;
let ada: Person;
let ben: Person;

interface Person {
  readonly page: Page;
  readonly home: TemporaryHome;
  readonly dir: string;
}

beforeAll(async () => {
  const serverHome = createTemporaryHome();
  leftovers.defer(() => serverHome.remove());
  server = await startSyncServer(serverHome.path("sync-data"));
  leftovers.defer(() => server.kill());
  browser = await launchBrowser();
  leftovers.defer(() => browser.close());
  ada = await newPerson("Our street");
  ben = await newPerson("Bens place");
});
afterAll(() => leftovers.disposeAsync());

async function newPerson(workspace: string): Promise<Person> {
  const home = createTemporaryHome();
  leftovers.defer(() => home.remove());
  const dir = await foundWorkspace(home, workspace);
  const served = await openWorkspace(home, dir);
  leftovers.defer(() => served.kill());
  const page = await browser.newPage();
  await page.goto(served.url);
  return { page, home, dir };
}

const indicator = ({ page }: Person): Locator => page.locator("header a[href$='#/sharing']");
const button = ({ page }: Person, id: string): Locator => page.getByRole("button", { name: say(id), exact: true });

async function join(person: Person, link: string, name: string): Promise<void> {
  const { page } = person;
  await indicator(person).click();
  await page.getByLabel(say("welcome.join.link")).fill(link);
  await button(person, "welcome.join.look").click();
  const offer = page.locator("section[aria-labelledby='invitation']");
  await offer.getByLabel(say("welcome.join.name")).fill(name);
  await offer.getByRole("button").click();
  await page.getByText(say("sharing.waitingNone")).waitFor();
}

/** Twenty days of a classroom with too much fine dust, from which an idea follows. */
async function projectOfAda(title: string): Promise<void> {
  // Whole hours, or the hourly values that are shared would be one more.
  const end = (Math.floor(Date.now() / HOUR_MS) - 24) * HOUR_MS;
  const rows = Array.from({ length: 20 * 96 }, (_, index) => {
    const value = 24 + 10 * Math.sin((index / 96) * 2 * Math.PI);
    return `${new Date(end - (20 * 96 - index) * QUARTER_MS).toISOString()},${value.toFixed(1)}`;
  });
  const { home, dir } = ada;
  const file = home.path("history.csv");
  writeFileSync(file, ["time,pm25", ...rows, ""].join("\n"));
  const flags = ["--column", "pm25=pm25", "--place", "School", "--exposure", "indoor", "--interval", "15m"];
  await askCli(home, "data", "import", file, ...flags, "--workspace", dir);
  const listed = await askCli<{ recommendations: { id: string }[] }>(
    home,
    ...["recommend", "list", "--status", "suggested", "--workspace", dir],
  );
  await askCli(home, "recommend", "accept", listed.recommendations[0]?.id ?? "", "--title", title, "--workspace", dir);
}

test("The first one joins with the link that the server printed, in the app, and the indicator says it is up to date", async () => {
  expect(await indicator(ada).textContent()).toBe(say("sync.local"));
  await join(ada, server.invitation, "Ada");
  await indicator(ada)
    .getByText(/^Up to date/)
    .waitFor();
});

test("She invites in the app, and the second one joins with that link in his", async () => {
  const { page } = ada;
  await page.getByRole("tab", { name: say("sharing.tab.people") }).click();
  await page.getByText(say("members.me", { name: "Ada" })).waitFor();
  await button(ada, "invite.title").click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(say("invite.label")).fill("Ben");
  await button(ada, "invite.go").click();
  await dialog.getByRole("img", { name: say("invite.qr") }).waitFor();
  const link = (await dialog.locator("code").textContent()) ?? "";
  await button(ada, "invite.done").click();
  await page.getByRole("button", { name: say("invitations.withdrawName", { name: "Ben" }) }).waitFor();
  await join(ben, link, "Ben");
});

test("A project of hers shows on his screen", async () => {
  await projectOfAda("Clean air in the school");
  await ben.page
    .getByRole("link", { name: say("nav.projects"), exact: true })
    .first()
    .click();
  await ben.page.getByRole("link", { name: "Clean air in the school" }).waitFor();
});

test("She sees what others would see before she releases readings, and takes them back from the server", async () => {
  const { page } = ada;
  const dialog = page.getByRole("dialog");
  const change = page.getByRole("button", { name: say("readings.changeName", { channel: say("quantity.pm25") }) });
  const choose = (id: string): Promise<void> => dialog.getByText(say(id), { exact: true }).click();
  await page.getByRole("tab", { name: say("sharing.tab.readings") }).click();
  await change.click();
  await dialog.getByText(say("readings.seesNothing")).waitFor();
  await choose("readings.audience.group");
  await choose("readings.from.all");
  await dialog.getByText(/480 values of 2[01] days/).waitFor();
  await button(ada, "action.save").click();
  await page.getByText(/480 values sent/).waitFor();
  await change.click();
  await choose("readings.audience.none");
  await dialog.getByText(say("readings.takesBack", { count: 480 })).waitFor();
  await button(ada, "action.save").click();
  await page.getByText(say("readings.takenBack")).waitFor();
  await page.getByText(/480 values sent/).waitFor({ state: "detached" });
  await page.getByRole("tab", { name: say("sharing.tab.people") }).click();
});

test("Without the server the indicator says so; when it is back it recovers by itself", async () => {
  await server.kill();
  await indicator(ben)
    .getByText(/^Offline/)
    .waitFor({ timeout: 90_000 });
  await indicator(ben).click();
  await ben.page.getByText(say("error.SYNC_SERVER_UNREACHABLE.what")).waitFor();
  server = await startSyncServer(server.dataDir, server.port);
  await indicator(ben)
    .getByText(/^Up to date/)
    .waitFor({ timeout: 90_000 });
});

test("A device whose access was taken away is told so, and keeps what it has", async () => {
  const { page } = ada;
  const devices = page.locator("section").filter({ has: page.getByRole("heading", { name: say("devices.title") }) });
  await devices.getByRole("button", { name: /^Take access away/ }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText(say("devices.revokeText")).waitFor();
  await dialog.getByRole("button", { name: /^Take access away/ }).click();
  await ben.page.getByText(say("error.SYNC_DEVICE_REVOKED.what")).waitFor({ timeout: 90_000 });
  await ben.page
    .getByRole("link", { name: say("nav.projects"), exact: true })
    .first()
    .click();
  await ben.page.getByRole("link", { name: "Clean air in the school" }).waitFor();
});

test("He leaves after he was told what stays, and is on his own computer only", async () => {
  await indicator(ben).click();
  await button(ben, "sharing.leave").click();
  const dialog = ben.page.getByRole("dialog");
  await dialog.getByText(say("sharing.leaveStays")).waitFor();
  await dialog.getByRole("button", { name: say("sharing.leave"), exact: true }).click();
  await indicator(ben).getByText(say("sync.local")).waitFor();
});
