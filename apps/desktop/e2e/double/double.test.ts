/** The stand-in has to be as strict as the real thing where it matters; these tests hold it to that. */
import { mkdirSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type DesktopApp, launchOnDouble } from "../support/desktop-app.ts";
import { createTemporaryHome, type TemporaryHome } from "../support/temporary-home.ts";

const MAIN = `
import { app, BrowserWindow, ipcMain, MessageChannelMain, protocol, utilityProcess } from "electron";
import { join } from "node:path";
const here = import.meta.dirname;
protocol.registerSchemesAsPrivileged([{ scheme: "app", privileges: { standard: true, secure: true } }]);
void app.whenReady().then(() => {
  protocol.handle("app", (request) => new Response("<!doctype html><title>" + new URL(request.url).pathname + "</title>", {
    headers: { "content-type": "text/html", "content-security-policy": "default-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'" },
  }));
  ipcMain.handle("echo", (event, value) => value);
  ipcMain.handle("fail", () => { throw new RangeError("too much"); });
  ipcMain.on("connect", (event) => {
    const { port1, port2 } = new MessageChannelMain();
    globalThis.child ??= utilityProcess.fork(join(here, "child.mjs"));
    globalThis.child.postMessage("port", [port1]);
    event.senderFrame.postMessage("port", null, [port2]);
  });
  const window = new BrowserWindow({ webPreferences: { preload: join(here, globalThis.preload ?? "preload.cjs"), sandbox: true } });
  void window.loadURL("app://test/page");
});
`;

const PRELOAD = `
const { contextBridge, ipcRenderer } = require("electron");
class Api { echo = (value) => ipcRenderer.invoke("echo", value); fail = () => ipcRenderer.invoke("fail"); hidden() {} }
globalThis.secret = "only the preload sees this";
contextBridge.exposeInMainWorld("api", Object.assign(new Api(), {
  connect: () => ipcRenderer.send("connect"),
  later: (callback) => { callback("called back"); },
  fails: () => { throw new Error("as it is"); },
}));
ipcRenderer.on("port", (event) => window.postMessage("port", window.origin, event.ports));
`;

const CHILD = `
process.parentPort.on("message", ({ ports: [port] }) => {
  port.on("message", ({ data }) => port.postMessage({ got: data }));
  port.start();
});
`;

let home: TemporaryHome;
let app: DesktopApp | undefined;

beforeEach(() => {
  home = createTemporaryHome();
  mkdirSync(home.path("app"));
  writeFileSync(home.path("app", "package.json"), JSON.stringify({ name: "t", version: "1.0.0", main: "main.mjs" }));
  write("main.mjs", MAIN);
  write("preload.cjs", PRELOAD);
  write("child.mjs", CHILD);
});

afterEach(async () => {
  await app?.close();
  app = undefined;
  await home.remove();
});

const write = (name: string, text: string): void => writeFileSync(home.path("app", name), text);
const launch = async (): Promise<DesktopApp> => {
  app = await launchOnDouble({ app: home.path("app"), env: home.env });
  return app;
};

interface Api {
  echo(value: unknown): Promise<unknown>;
  fail(): Promise<unknown>;
  connect(): void;
  later(callback: (text: string) => void): void;
  fails(): void;
}
declare const window: { readonly api: Api } & Window;

test("The page sees the frozen bridge and nothing else of preload or Node", async () => {
  const page = await (await launch()).firstWindow();
  const seen = await page.evaluate(() => ({
    keys: Object.keys(window.api).sort(),
    isFrozen: Object.isFrozen(window.api),
    leaks: ["secret", "require", "process", "electronDoubleSend"].filter((name) => name in globalThis),
    isSecure: isSecureContext,
  }));
  expect(seen).toEqual({
    keys: ["connect", "echo", "fail", "fails", "later"],
    isFrozen: true,
    leaks: [],
    isSecure: true,
  });
});

test("Calls cross with structured clone, callbacks run, errors keep their message only", async () => {
  const page = await (await launch()).firstWindow();
  const result = await page.evaluate(async () => {
    const called = new Promise<string>((resolve) => window.api.later(resolve));
    const thrownBy = (run: () => unknown): string => {
      try {
        return String(run());
      } catch (error) {
        return String(error);
      }
    };
    const echoed = (await window.api.echo({ map: new Map([[1, new Float64Array([1, Number.NaN])]]), list: [] })) as {
      map: Map<number, Float64Array>;
    };
    return {
      called: await called,
      thrown: thrownBy(() => window.api.fails()),
      array: [...(echoed.map.get(1) ?? [])],
      notCloneable: thrownBy(() => window.api.echo(Symbol("x"))),
      failed: await window.api.fail().catch(String),
    };
  });
  expect(result).toEqual({
    called: "called back",
    thrown: "Error: as it is",
    array: [1, Number.NaN],
    notCloneable: "TypeError: An object could not be cloned.",
    failed: "Error: Error invoking remote method 'fail': RangeError: too much",
  });
});

test("A port joins page and utility process, and main has no part in it any more", async () => {
  const page = await (await launch()).firstWindow();
  const answer = await page.evaluate(
    () =>
      new Promise((resolve) => {
        window.addEventListener("message", ({ source, data, ports: [port] }) => {
          if (source === window && data === "port" && port) {
            port.onmessage = (event) => resolve(event.data);
            port.postMessage({ values: new Float64Array([1.5]) });
          }
        });
        window.api.connect();
      }),
  );
  expect(answer).toEqual({ got: { values: new Float64Array([1.5]) } });
});

describe("What Electron refuses is refused", () => {
  test("Main cannot transfer array buffers", async () => {
    await launch();
    const message = await app?.evaluate(({ MessageChannelMain }) => {
      try {
        new MessageChannelMain().port1.postMessage(1, [new ArrayBuffer(8)] as never);
        return "accepted";
      } catch (error) {
        return String(error);
      }
    });
    expect(message).toBe("TypeError: Port at index 0 is not a valid port");
  });

  test("A preload that needs a package or is an ES module does not run", async () => {
    write("preload.cjs", 'require("yjs");');
    await launch();
    const page = await app?.firstWindow();
    expect(await page?.evaluate(() => "api" in globalThis)).toBe(false);
    expect(app?.log()).toContain("module not found: yjs");
    await app?.close();
    write("preload.mjs", PRELOAD);
    write("main.mjs", `globalThis.preload = "preload.mjs";${MAIN}`);
    const second = await (await launch()).firstWindow();
    expect(await second.evaluate(() => "api" in globalThis)).toBe(false);
    expect(app?.log()).toContain("ES module preload in a sandboxed renderer");
  });

  test("An entry that awaits readiness at its top level never gets there", async () => {
    write("main.mjs", 'import { app } from "electron"; await app.whenReady();');
    await expect(launch()).rejects.toThrow(/ended with 13 before it was ready/);
  });
});

test("Whatever is not on this machine is out of reach", async () => {
  const page = await (await launch()).firstWindow();
  const pages = await page.context().newPage();
  const outcome = await pages.goto("https://example.org/").then(String, (error: Error) => error.message);
  expect(outcome).toMatch(/ERR_(ABORTED|INTERNET_DISCONNECTED)/);
});
