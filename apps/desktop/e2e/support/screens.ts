import type { Locator, Page } from "playwright-core";
import { say } from "./say.ts";

/** A screen, its address, and what is there when it is completely shown. */
export type Screen = readonly [name: string, address: string, shown: (page: Page) => Locator];

const titled =
  (id: string) =>
  (page: Page): Locator =>
    page.getByRole("heading", { level: 1, name: say(id), exact: true });

/** The screens that every workspace has, also an empty one. */
export const PLAIN_SCREENS: readonly Screen[] = [
  ["home", "#/", (page) => page.getByRole("heading", { level: 1 })],
  ["sensors", "#/sensors", titled("sensors.title")],
  ["data", "#/data", titled("data.title")],
  ["ideas", "#/ideas", titled("ideas.title")],
  ["projects", "#/projects", titled("projects.title")],
  ["map", "#/map", titled("map.title")],
  ["inbox", "#/inbox", titled("inbox.title")],
  ["sharing", "#/sharing", titled("sharing.title")],
  ["settings", "#/settings", titled("settings.title")],
  ["help", "#/help", titled("help.title")],
  ["welcome", "#/welcome", titled("welcome.title")],
  ["welcome-found", "#/welcome?begin=found", titled("welcome.found.title")],
  ["welcome-join", "#/welcome?begin=join", titled("welcome.join.title")],
  ["welcome-restore", "#/welcome?begin=restore", titled("welcome.restore.title")],
  ["welcome-open", "#/welcome?begin=open", titled("welcome.open.title")],
  ["start", "#/start", (page) => page.getByRole("button", { name: say("start.device") })],
  ["start-habits", "#/start/habits", titled("start.habits")],
  ["wall", "#/wall", (page) => page.getByRole("link", { name: say("wall.leave") })],
  ["not-found", "#/nowhere", titled("notFound.title")],
];

/** Goes to a screen, as a click on a link does, and waits until it is shown. */
export async function show(page: Page, [, address, shown]: Screen): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, address);
  await shown(page).first().waitFor();
  await page.evaluate(() => document.fonts.ready);
}
