import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { download } from "../lib/start/download.mjs";
import {
  fetchElectron,
  locateElectron,
  rememberedFailure,
  rememberFailure,
  whyNoWindow,
} from "../lib/start/electron.mjs";
import { parseStartOptions } from "../lib/start/options.mjs";
import { temporaryFolder } from "./temporary.ts";

test("options of npm start are read in both spellings", () => {
  expect(parseStartOptions(["--workspace", "air", "--port=4321", "--no-open"])).toEqual({
    ok: true,
    value: { open: false, help: false, workspace: "air", port: 4321 },
  });
  expect(parseStartOptions([])).toEqual({ ok: true, value: { open: true, help: false } });
});

test("wrong options of npm start are refused with the reason", () => {
  expect(parseStartOptions(["--port", "many"])).toEqual({
    ok: false,
    error: "--port many is not a number from 0 to 65535.",
  });
  expect(parseStartOptions(["--workspace"]).ok).toBe(false);
  expect(parseStartOptions(["--fast"]).ok).toBe(false);
});

test("a window is opened only where there is a display and the user is not root", () => {
  const display = { DISPLAY: ":0" };
  expect(whyNoWindow({ platform: "linux", env: display, uid: 1000 })).toBeUndefined();
  expect(whyNoWindow({ platform: "linux", env: { WAYLAND_DISPLAY: "wayland-0" }, uid: 1000 })).toBeUndefined();
  expect(whyNoWindow({ platform: "linux", env: {}, uid: 1000 })).toContain("no display");
  expect(whyNoWindow({ platform: "linux", env: display, uid: 0 })).toContain("root");
  expect(whyNoWindow({ platform: "win32", env: {}, uid: undefined })).toBeUndefined();
});

test("a failed fetch of the Electron runtime is remembered for a week, per version", () => {
  const env = { ECOLOCAL_CACHE_DIR: temporaryFolder() };
  const now = Date.UTC(2026, 10, 25);
  const day = 86_400_000;
  expect(rememberedFailure("45.4.1", env, now)).toBeUndefined();
  rememberFailure("45.4.1", "no answer within 10 s", env, now);
  expect(rememberedFailure("45.4.1", env, now + 6 * day)).toContain("no answer within 10 s");
  expect(rememberedFailure("45.4.2", env, now + day)).toBeUndefined();
  expect(rememberedFailure("45.4.1", env, now + 8 * day)).toBeUndefined();
});

test("Electron is present when its executable is, wherever the person put it", () => {
  const root = temporaryFolder({ "node_modules/electron/package.json": '{"version":"45.4.1"}', "mine/electron": "" });
  expect(locateElectron(root, {})).toMatchObject({ version: "45.4.1", present: false });
  expect(locateElectron(root, { ELECTRON_OVERRIDE_DIST_PATH: join(root, "mine") })?.present).toBe(
    process.platform === "linux",
  );
  expect(locateElectron(root, { ELECTRON_EXEC_PATH: join(root, "mine/electron") })?.present).toBe(true);
  expect(locateElectron(temporaryFolder(), {})).toBeUndefined();
});

/** An Electron package whose helpers fetch and unpack without a network. */
function electronPackage(unpack: string): { packageDir: string; version: string } {
  const root = temporaryFolder({
    "electron/package.json": '{"version":"45.4.1"}',
    "electron/checksums.json": "{}",
    "electron/node_modules/@electron/get/package.json": '{"type":"module","main":"index.js"}',
    "electron/node_modules/@electron/get/index.js":
      'export async function downloadArtifact(o) { await o.downloader.download("https://example.test/e.zip", "e.zip"); return "e.zip"; }',
    "electron/node_modules/@electron-internal/extract-zip/package.json": '{"type":"module","main":"index.js"}',
    "electron/node_modules/@electron-internal/extract-zip/index.js": `import fs from "node:fs";
      export async function extract(zip, { dir }) { fs.mkdirSync(dir); fs.writeFileSync(dir + "/electron", zip); ${unpack} }`,
  });
  return { packageDir: join(root, "electron"), version: "45.4.1" };
}

test("the Electron runtime gets its place only when it is fetched and unpacked whole", async () => {
  const whole = electronPackage("");
  await fetchElectron(whole, { env: {}, download: async () => undefined });
  expect(readFileSync(join(whole.packageDir, "dist", "electron"), "utf8")).toBe("e.zip");
  const broken = electronPackage('throw new RangeError("half a zip");');
  await expect(fetchElectron(broken, { env: {}, download: async () => undefined })).rejects.toThrow("half a zip");
  expect(existsSync(join(broken.packageDir, "dist"))).toBe(false);
});

async function serve(answer: Parameters<typeof createServer>[1]): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/file`;
}

test("a download is written whole and reports its progress", async () => {
  const url = await serve((_request, response) => response.end("x".repeat(100_000)));
  const target = join(temporaryFolder(), "file");
  const seen: number[] = [];
  await download(url, target, { onProgress: (done) => seen.push(done) });
  expect(readFileSync(target, "utf8")).toHaveLength(100_000);
  expect(seen.at(-1)).toBe(100_000);
});

test("a download gives up when no answer comes, when it stalls, and when it is refused", async () => {
  const target = join(temporaryFolder(), "file");
  const mute = await serve(() => undefined);
  await expect(download(mute, target, { connectMs: 200 })).rejects.toThrow("no answer within 0.2 s");
  const stalling = await serve((_request, response) => void response.write("a"));
  await expect(download(stalling, target, { stallMs: 200 })).rejects.toThrow("no progress for 0.2 s");
  const refusing = await serve((_request, response) => response.writeHead(404).end());
  await expect(download(refusing, target)).rejects.toThrow("the server answered 404");
  expect(() => readFileSync(target)).toThrow("ENOENT");
});
