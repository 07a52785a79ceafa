/** Where the sensors stand: on a map that works without any network, and in a list of the same. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { redWorld } from "../support/map-area.ts";
import { openDemo } from "../support/open-home.ts";
import { say } from "../support/say.ts";

const leftovers = new AsyncDisposableStack();
let page: Page;

beforeAll(async () => {
  ({ page } = await openDemo(leftovers));
  await page
    .getByRole("link", { name: say("nav.map") })
    .first()
    .click();
  await picture().waitFor();
});

afterAll(() => leftovers.disposeAsync());

const picture = () => page.getByRole("region", { name: say("map.picture", { count: 5 }) });
const mark = (name: string) => page.getByRole("button", { name: new RegExp(`^${name}:`) });

test("Every sensor of the demo is on the map and in the list, without a request to another machine", async () => {
  const list = page.getByRole("list", { name: say("map.list") });
  expect(await list.getByRole("listitem").count()).toBe(5);
  expect(await page.getByRole("button", { name: /, Live$/ }).count()).toBe(5);
});

test("A sensor that is picked in the list is marked on the map, and the address says which", async () => {
  await page.getByRole("button", { name: say("map.show", { name: "Kitchen dust" }) }).click();
  await page.getByRole("button", { name: /^Kitchen dust:/, pressed: true }).waitFor();
  expect(page.url()).toContain("sensor=");
});

test("Another position moves a sensor, a wrong one is refused, and undo brings it back", async () => {
  const before = await mark("Kitchen dust").boundingBox();
  await page.getByRole("link", { name: "Kitchen dust" }).click();
  await page.getByRole("button", { name: say("sensor.edit") }).click();
  const field = page.getByRole("textbox", { name: say("sensor.position") });
  await field.fill("somewhere");
  await page.getByText(say("sensor.positionWrong")).waitFor();
  await field.fill("52.51; 13.40");
  await page.getByRole("button", { name: say("action.save") }).click();
  await page.getByRole("button", { name: say("action.undo") }).click();
  await page.goBack();
  await expect.poll(() => mark("Kitchen dust").boundingBox()).toEqual(before);
});

test("A map area from a file is drawn under the sensors with who made it, and is there again after a reload", async () => {
  const choose = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: say("map.addArea") }).click();
  await (await choose).setFiles({ name: "notes.pmtiles", mimeType: "", buffer: Buffer.from("no map") });
  await page.getByRole("alert").getByText(say("map.areaFailed")).waitFor();
  const again = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: say("map.addArea") }).click();
  await (await again).setFiles({ name: "town.pmtiles", mimeType: "", buffer: redWorld() });
  await page.getByText("© Somebody").waitFor();
  await expect.poll(cornerColour).toBe("255,0,0");
  await page.reload();
  await page.getByText(say("map.areaShown", { name: "town.pmtiles" })).waitFor();
  await page.getByRole("button", { name: say("map.removeArea") }).click();
  await page.getByRole("button", { name: say("map.addArea") }).waitFor();
});

test("The page starts the map's worker by its address, and no other script", async () => {
  const outcome = await page.evaluate(() => {
    try {
      new Worker("/other.js");
      return "started";
    } catch (error) {
      return String(error);
    }
  });
  expect(outcome).toContain("TrustedScriptURL");
});

/** What is painted a little beside the middle of the map's left edge. */
async function cornerColour(): Promise<string> {
  const box = await picture().boundingBox();
  if (box === null) return "";
  const clip = { x: box.x + 4, y: box.y + box.height / 2, width: 1, height: 1 };
  const image = (await page.screenshot({ clip })).toString("base64");
  return await page.evaluate(async (data) => {
    const picture = new Image();
    picture.src = `data:image/png;base64,${data}`;
    await picture.decode();
    const canvas = document.createElement("canvas").getContext("2d");
    canvas?.drawImage(picture, 0, 0);
    return canvas?.getImageData(0, 0, 1, 1).data.slice(0, 3).join(",") ?? "";
  }, image);
}
