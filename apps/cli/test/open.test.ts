import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { collect, runCli, startCli, temporaryFolder } from "./run-cli.ts";

const INTERFACE = fileURLToPath(new URL("../../../packages/ui/dist-app/index.html", import.meta.url));

it("serves the app on this computer under a key of its own, and ends with Ctrl-C", async () => {
  expect(existsSync(INTERFACE)).toBe(true);
  const home = temporaryFolder();
  const env = { ECOLOCAL_DATA_DIR: join(home, "data") };
  await runCli(["init"], { env, cwd: home });
  const child = startCli(["open", "--no-open", "--json"], { env, cwd: home });
  const done = collect(child);
  const [first] = await once(child.stdout as NonNullable<typeof child.stdout>, "data");
  const { url, port } = JSON.parse(String(first));
  expect(url).toMatch(new RegExp(`^http://127\\.0\\.0\\.1:${port}/#token=.{20,}$`));
  const page = await fetch(url.split("#")[0]);
  expect(page.status).toBe(200);
  expect(await page.text()).toContain("<html");
  expect((await fetch(`http://127.0.0.1:${port}/api/session`)).status).toBe(401);
  const taken = await runCli(["open", "--no-open", "--port", String(port), "--json"], { env, cwd: home });
  expect(taken.status).toBe(5);
  expect(JSON.parse(taken.stdout)).toMatchObject({ error: { code: "SERVE_PORT_BUSY" } });
  child.kill("SIGINT");
  expect((await done).status).toBe(130);
});

it("opens the workspace one stands in, whichever was used last", async () => {
  const home = temporaryFolder();
  const env = { ECOLOCAL_DATA_DIR: join(home, "data") };
  await runCli(["init", "mine"], { env, cwd: home });
  await runCli(["init", "other"], { env, cwd: home });
  const child = startCli(["open", "--no-open", "--json"], { env, cwd: join(home, "mine") });
  const done = collect(child);
  const [first] = await once(child.stdout as NonNullable<typeof child.stdout>, "data");
  expect(JSON.parse(String(first)).workspace).toMatch(/mine$/);
  child.kill("SIGINT");
  await done;
});
