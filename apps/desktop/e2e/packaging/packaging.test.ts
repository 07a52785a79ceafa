import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import config from "../../electron-builder.config.ts";
import { DESKTOP, type DesktopApp, launchOnDouble } from "../support/desktop-app.ts";
import { createTemporaryHome, type TemporaryHome } from "../support/temporary-home.ts";
import { foundWorkspace, WORKSPACE_NAME } from "../support/workspace.ts";
import { writeFakeElectronDist } from "./fake-electron-dist.ts";

const ROOT = join(DESKTOP, "../..");
const ELECTRON_VERSION: string = JSON.parse(
  readFileSync(join(ROOT, "node_modules/electron/package.json"), "utf8"),
).version;

let home: TemporaryHome;
let unpacked: string;
let app: DesktopApp | undefined;

const tool = (name: string, ...args: string[]): string =>
  execFileSync(process.execPath, [join(ROOT, "node_modules/.bin", name), ...args], {
    cwd: DESKTOP,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });

beforeAll(() => {
  home = createTemporaryHome();
  const dist = home.path("electron-dist");
  writeFakeElectronDist(dist, ELECTRON_VERSION);
  const output = home.path("package");
  const ownConfig = home.path("builder.config.ts");
  const base = pathToFileURL(join(DESKTOP, "electron-builder.config.ts")).href;
  writeFileSync(
    ownConfig,
    `import base from ${JSON.stringify(base)};
export default { ...base, electronDist: ${JSON.stringify(dist)}, directories: { ...base.directories, output: ${JSON.stringify(output)} } };`,
  );
  tool("electron-builder", "--dir", "--linux", "--config", ownConfig);
  unpacked = join(output, "linux-unpacked");
}, 120_000);

afterAll(async () => {
  await app?.close();
  await home.remove();
});

test("The configuration is one that electron-builder accepts, and it would notice a misspelt key", async () => {
  const load = createRequire(join(ROOT, "node_modules/electron-builder/package.json"));
  const { validateConfiguration } = load("app-builder-lib/out/util/config/config.js");
  const { DebugLogger } = load("builder-util");
  await validateConfiguration(config, new DebugLogger(false));
  await expect(validateConfiguration({ ...config, electronFuzes: {} }, new DebugLogger(false))).rejects.toThrow(
    /unknown property 'electronFuzes'/,
  );
});

test("The package holds the bundles, the page and only this platform's native libraries", () => {
  const files = tool("asar", "list", join(unpacked, "resources/app.asar")).split("\n");
  for (const file of [
    "/out/main/index.js",
    "/out/main/host.js",
    "/out/preload/index.cjs",
    "/out/renderer/index.html",
  ]) {
    expect(files).toContain(file);
  }
  const native = files.filter((file) => file.endsWith(".node"));
  expect(native.filter((file) => file.includes("better-sqlite3"))).toEqual([
    `/node_modules/better-sqlite3/prebuilds/linux-${process.arch}.node`,
  ]);
  expect(native.some((file) => file.includes("@serialport"))).toBe(true);
  expect(native.filter((file) => /darwin|win32|android/.test(file))).toEqual([]);
  expect(files.filter((file) => /\.(ts|tsx|map)$|better-sqlite3\/(deps|src)\//.test(file))).toEqual([]);
});

test("The binary's fuses are set: no Node mode, no inspector, no code outside the package", () => {
  const report = tool("electron-fuses", "read", "--app", join(unpacked, "ecolocal-desktop"));
  for (const line of [
    "RunAsNode is Disabled",
    "EnableCookieEncryption is Enabled",
    "EnableNodeOptionsEnvironmentVariable is Disabled",
    "EnableNodeCliInspectArguments is Disabled",
    "EnableEmbeddedAsarIntegrityValidation is Enabled",
    "OnlyLoadAppFromAsar is Enabled",
    "GrantFileProtocolExtraPrivileges is Disabled",
  ]) {
    expect(report).toContain(line);
  }
});

test("The packaged app starts from its own files", async () => {
  const folder = home.path("extracted");
  tool("asar", "extract", join(unpacked, "resources/app.asar"), folder);
  const args = ["--workspace", await foundWorkspace(home)];
  app = await launchOnDouble({ app: folder, args, env: { ...home.env, ELECTRON_DOUBLE_PACKAGED: "1" } });
  const page = await app.firstWindow();
  await page.getByText(WORKSPACE_NAME).first().waitFor();
  expect(await app.evaluate(({ app: running }) => [running.isPackaged, running.getPath("userData")])).toEqual([
    true,
    home.path("config", "EcoLocal"),
  ]);
});
