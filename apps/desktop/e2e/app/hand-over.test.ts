/** One workspace, several processes: whoever comes first has it open, the others join, and it passes on. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { addSimulatedSensor, askCli, openWorkspace, type ServedWorkspace } from "../support/cli.ts";
import { type DesktopApp, launchDesktop } from "../support/desktop-app.ts";
import { createTemporaryHome, type TemporaryHome } from "../support/temporary-home.ts";
import { foundWorkspace, WORKSPACE_NAME } from "../support/workspace.ts";

const leftovers = new AsyncDisposableStack();
let home: TemporaryHome;
let dir: string;
let served: ServedWorkspace;
let app: DesktopApp;

interface Status {
  readonly owner: { readonly pid: number; readonly role: string };
}

const status = () => askCli<Status>(home, "status", "--workspace", dir);

beforeAll(async () => {
  home = createTemporaryHome();
  leftovers.defer(() => home.remove());
  dir = await foundWorkspace(home);
  served = await openWorkspace(home, dir);
  leftovers.defer(() => served.kill());
  app = await launchDesktop({ env: home.env, args: ["--workspace", dir] });
  leftovers.defer(async () => void (await app.close()));
});

afterAll(() => leftovers.disposeAsync());

test("The window joins the workspace that the terminal has open", async () => {
  const page = await app.firstWindow();
  await page.getByText(WORKSPACE_NAME).first().waitFor();
  expect((await status()).owner).toMatchObject({ pid: served.pid, role: "agent" });
});

test("When the terminal's process is killed the window takes over and misses nothing", async () => {
  const page = await app.firstWindow();
  await served.kill();
  await expect.poll(async () => (await status()).owner.role, { timeout: 20_000 }).toBe("app");
  await page.evaluate(() => {
    location.hash = "#/sensors";
  });
  await addSimulatedSensor(home, dir, "Yard");
  await page.getByRole("link", { name: "Yard" }).waitFor();
});
