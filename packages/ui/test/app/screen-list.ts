import type { Page } from "playwright-core";
import { fakeId } from "../fake/ids.ts";

/** One state of one screen, as it is looked at and checked. */
export interface Screen {
  readonly name: string;
  readonly path: string;
  readonly scenario?: string;
  readonly height?: number;
  readonly settleMs?: number;
  readonly fullPage?: boolean;
  readonly act?: (page: Page) => Promise<void>;
}

export const SCREENS: readonly Screen[] = [
  { name: "home", path: "/" },
  { name: "home-empty", path: "/", scenario: "empty" },
  { name: "home-demo", path: "/", scenario: "demo" },
  { name: "home-readonly", path: "/", scenario: "read-only" },
  { name: "home-lost", path: "/", scenario: "lost", settleMs: 1700 },
  { name: "home-failing", path: "/", scenario: "failing" },
  { name: "home-long", path: "/", scenario: "long" },
  { name: "refused", path: "/", scenario: "refused" },
  { name: "sensors", path: "/sensors" },
  { name: "sensors-empty", path: "/sensors", scenario: "empty" },
  { name: "map", path: "/map", settleMs: 1500 },
  { name: "map-empty", path: "/map", scenario: "empty" },
  { name: "sensor", path: `/sensors/${fakeId("kitchen")}`, settleMs: 1200 },
  { name: "sensor-7d", path: `/sensors/${fakeId("yard")}?range=7d`, settleMs: 1200 },
  {
    name: "sensor-table",
    path: `/sensors/${fakeId("yard")}?range=30d`,
    settleMs: 1200,
    act: (page) => page.getByRole("button", { name: "View as table" }).click(),
  },
  {
    name: "sensor-export",
    path: `/sensors/${fakeId("yard")}`,
    settleMs: 1200,
    fullPage: false,
    act: (page) => page.getByRole("button", { name: "All readings" }).first().click(),
  },
  { name: "sensor-lost", path: `/sensors/${fakeId("bed")}`, settleMs: 1200 },
  { name: "sensor-missing", path: "/sensors/nothing" },
  { name: "add", path: "/sensors?add=device", settleMs: 900, fullPage: false },
  {
    name: "add-live",
    path: "/sensors?add=device",
    settleMs: 900,
    fullPage: false,
    height: 1200,
    act: async (page) => {
      await page.getByRole("radio", { name: /CH340.*USB 2/ }).click({ force: true });
      await page.waitForTimeout(1500);
    },
  },
  {
    name: "add-mapping",
    path: "/sensors?add=device",
    settleMs: 900,
    fullPage: false,
    height: 1400,
    act: async (page) => {
      await page.getByRole("radio", { name: /Arduino/ }).click({ force: true });
      await page.waitForTimeout(1500);
    },
  },
  {
    name: "add-denied",
    path: "/sensors?add=device",
    settleMs: 900,
    fullPage: false,
    height: 1200,
    act: async (page) => {
      await page.getByRole("radio", { name: /FTDI/ }).click({ force: true });
      await page.waitForTimeout(800);
    },
  },
  {
    name: "add-diagnosis",
    path: "/sensors?add=device",
    settleMs: 900,
    fullPage: false,
    height: 1300,
    act: async (page) => {
      await page.getByRole("button", { name: "Why is it missing?" }).click();
      await page.waitForTimeout(500);
    },
  },
  {
    name: "add-probe",
    path: "/sensors?add=device",
    settleMs: 900,
    fullPage: false,
    height: 1300,
    act: async (page) => {
      await page.getByRole("radio", { name: /CH340.*USB 2/ }).click({ force: true });
      await page.getByRole("button", { name: "Find out what it is" }).click();
      await page.waitForTimeout(2000);
    },
  },
  {
    name: "add-probe-silent",
    path: "/sensors?add=device",
    settleMs: 900,
    fullPage: false,
    height: 1300,
    act: async (page) => {
      await page.getByRole("radio", { name: /Arduino/ }).click({ force: true });
      await page.getByRole("button", { name: "Find out what it is" }).click();
      await page.waitForTimeout(2000);
    },
  },
  {
    name: "add-raw",
    path: "/sensors?add=device",
    settleMs: 900,
    fullPage: false,
    height: 1500,
    act: async (page) => {
      await page.getByRole("radio", { name: /Arduino/ }).click({ force: true });
      await page.getByRole("button", { name: "Show what it says" }).click();
      await page.waitForTimeout(2500);
    },
  },
  {
    name: "add-network",
    path: "/sensors?add=device",
    settleMs: 900,
    fullPage: false,
    height: 1100,
    act: async (page) => {
      await page.getByText("Over the network").click();
      await page.getByRole("button", { name: "Listen there" }).click();
    },
  },
  { name: "manual", path: "/sensors?add=manual", settleMs: 900, fullPage: false },
  { name: "sensor-health", path: `/sensors/${fakeId("yard")}?view=health`, settleMs: 1200 },
  {
    name: "sensor-calibration",
    path: `/sensors/${fakeId("yard")}?view=calibration`,
    settleMs: 1200,
    act: async (page) => {
      await page.getByRole("button", { name: "Choose the reference" }).click();
      await page.getByRole("option").first().click();
      await page.getByRole("button", { name: "Compare", exact: true }).click();
      await page.waitForTimeout(500);
    },
  },
  {
    name: "settings-push",
    path: "/settings",
    act: async (page) => {
      await page.getByText("Devices of the network").click();
      await page.waitForTimeout(400);
    },
  },
  { name: "add-simulated", path: "/sensors?add=simulated", settleMs: 1800, fullPage: false, height: 1100 },
  { name: "ideas", path: "/ideas" },
  { name: "ideas-more-data", path: "/ideas?list=not-enough-data" },
  { name: "ideas-dismissed", path: "/ideas?list=dismissed" },
  { name: "ideas-empty", path: "/ideas", scenario: "empty" },
  { name: "idea", path: "/ideas/air.ventilation-routine", settleMs: 900 },
  { name: "idea-why", path: "/ideas/air.ventilation-routine?tab=why" },
  { name: "idea-assumptions", path: "/ideas/air.ventilation-routine?tab=assumptions" },
  { name: "idea-change", path: "/ideas/air.ventilation-routine?tab=change" },
  { name: "idea-unbound", path: "/ideas/heat.depave" },
  {
    name: "idea-accept",
    path: "/ideas/air.ventilation-routine",
    fullPage: false,
    act: async (page) => {
      await page.getByRole("button", { name: "Make a plan" }).click();
      await page.waitForTimeout(400);
    },
  },
  {
    name: "idea-not-now",
    path: "/ideas/air.ventilation-routine",
    fullPage: false,
    act: async (page) => {
      await page.getByRole("button", { name: "Not now" }).click();
      await page.waitForTimeout(400);
    },
  },
  { name: "projects", path: "/projects" },
  { name: "projects-empty", path: "/projects", scenario: "empty" },
  { name: "project", path: `/projects/${fakeId("cleaners")}` },
  {
    name: "project-moved",
    path: `/projects/${fakeId("cleaners")}`,
    fullPage: false,
    act: async (page) => {
      await page.getByRole("button", { name: /Agree rooms/ }).click();
      await page.getByRole("menuitem", { name: "Done" }).click();
      await page.waitForTimeout(400);
    },
  },
  { name: "project-budget", path: `/projects/${fakeId("cleaners")}?tab=budget` },
  { name: "project-risks", path: `/projects/${fakeId("cleaners")}?tab=risks` },
  { name: "settings", path: "/settings" },
  {
    name: "settings-backup-running",
    path: "/settings",
    act: (page) => page.getByRole("button", { name: "Back up now" }).click(),
  },
  {
    name: "settings-restore",
    path: "/settings",
    fullPage: false,
    act: (page) =>
      page
        .getByRole("button", { name: /^Restore the backup of/ })
        .first()
        .click(),
  },
  { name: "help", path: "/help" },
  { name: "not-found", path: "/nowhere" },
  { name: "kit", path: "/kit", settleMs: 1200 },
  { name: "data", path: "/data", settleMs: 1200 },
  { name: "data-profile", path: "/data?view=profile&range=7d", settleMs: 1200 },
  { name: "data-distribution", path: "/data?view=distribution&range=7d", settleMs: 1200 },
  {
    name: "data-many",
    path: `/data?channels=${encodeURIComponent(JSON.stringify([fakeId("co2"), fakeId("pm25"), fakeId("pm10"), fakeId("temp")]))}&range=7d&compare=true`,
    settleMs: 1500,
  },
  {
    name: "palette",
    path: "/",
    fullPage: false,
    act: async (page) => {
      await page.keyboard.press("Control+k");
      await page.waitForTimeout(700);
      await page.keyboard.type("kit");
      await page.waitForTimeout(300);
    },
  },
  {
    name: "shortcuts",
    path: "/",
    fullPage: false,
    act: async (page) => {
      await page.keyboard.press("?");
      await page.waitForTimeout(700);
    },
  },
  {
    name: "import",
    path: "/data?import=true",
    fullPage: false,
    settleMs: 1200,
    act: async (page) => {
      const chooser = page.waitForEvent("filechooser");
      await page.getByRole("button", { name: "Choose a file" }).click();
      await (await chooser).setFiles({ name: "kitchen.csv", mimeType: "text/csv", buffer: Buffer.from("time;co2\n") });
      await page.waitForTimeout(500);
    },
  },
  {
    name: "import-columns",
    path: "/data?import=true",
    fullPage: false,
    settleMs: 1200,
    act: async (page) => {
      const chooser = page.waitForEvent("filechooser");
      await page.getByRole("button", { name: "Choose a file" }).click();
      await (await chooser).setFiles({
        name: "unknown.csv",
        mimeType: "text/csv",
        buffer: Buffer.from("when;what;temp\n"),
      });
      await page.waitForTimeout(500);
    },
  },
];
