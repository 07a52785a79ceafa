import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Failure } from "@ecolocal/core/shared";
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  type MessagePortMain,
  protocol,
  session,
  shell,
  utilityProcess,
} from "electron";
import { ENGINE_GONE } from "../bridge/index.ts";
import { APP_SCHEME } from "./app-origin.ts";
import { createEngineHost, type EngineHost } from "./engine-host.ts";
import { openMainWindow, showMainWindow } from "./main-window.ts";
import { menuTemplate } from "./menu.ts";
import { createPageHandler } from "./page-handler.ts";
import { brokerPorts } from "./port-broker.ts";
import { guardNavigation, refusePermissions } from "./session-guard.ts";
import { textsFor } from "./texts.ts";
import { workspaceArgument, workspaceOfSecondInstance } from "./workspace-argument.ts";

const HOST_ENTRY = join(import.meta.dirname, "host.js");
const requested = workspaceArgument(process.argv, process.cwd());

app.enableSandbox();
protocol.registerSchemesAsPrivileged([
  { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
]);
if (app.requestSingleInstanceLock({ workspace: requested })) {
  guardNavigation(app, shell);
  // Never awaited at the top level: `ready` is held back until this module has finished loading.
  void app.whenReady().then(run);
} else {
  app.quit();
}

function run(): void {
  protocol.handle(APP_SCHEME, createPageHandler(pageFolder()));
  refusePermissions(session.defaultSession);
  const host = startEngine();
  brokerPorts(ipcMain, host);
  const texts = textsFor(app.getPreferredSystemLanguages());
  Menu.setApplicationMenu(
    Menu.buildFromTemplate(
      menuTemplate({
        texts,
        isMac: process.platform === "darwin",
        hasDevTools: !app.isPackaged,
        openWorkspace: () => void chooseWorkspace(host, texts.chooseWorkspace),
      }),
    ),
  );
  openMainWindow();
  app.on("activate", showMainWindow);
  app.on("second-instance", (_event, _argv, _folder, data) => {
    const workspace = workspaceOfSecondInstance(data);
    showMainWindow();
    if (workspace !== null) {
      void switchWorkspace(host, workspace);
    }
  });
  app.on("window-all-closed", () => {
    if (process.platform !== "darwin") {
      app.quit();
    }
  });
  app.on("will-quit", (event) => {
    if (!host.isStopped) {
      event.preventDefault();
      void host.stop().then(() => app.quit());
    }
  });
}

/** One build of the page for desktop and browser: inside the package, or the workspace's own. */
function pageFolder(): string {
  const packaged = join(import.meta.dirname, "../renderer");
  return existsSync(packaged) ? packaged : join(app.getAppPath(), "../../packages/ui/dist-app");
}

function startEngine(): EngineHost<MessagePortMain> {
  const host = createEngineHost<MessagePortMain>({
    clock: { now: () => Date.now() },
    workspace: requested,
    version: app.getVersion(),
    fork: () => utilityProcess.fork(HOST_ENTRY, [], { serviceName: "EcoLocal engine", stdio: "inherit" }),
    onGone: (code, delayMs) => {
      process.stderr.write(`The engine ended with code ${code}; it starts again in ${delayMs} ms.\n`);
      tellPages();
    },
    onRefused: (failure) => void askAfterRefusal(host, failure),
  });
  return host;
}

function tellPages(): void {
  for (const window of BrowserWindow.getAllWindows()) {
    window.webContents.send(ENGINE_GONE);
  }
}

async function chooseWorkspace(host: EngineHost<MessagePortMain>, title: string): Promise<void> {
  const answer = await dialog.showOpenDialog({ title, properties: ["openDirectory", "createDirectory"] });
  const [folder] = answer.filePaths;
  if (!answer.canceled && folder !== undefined) {
    await switchWorkspace(host, folder);
  }
}

/** The page's caches belong to the workspace it showed, so it starts anew with the engine. */
async function switchWorkspace(host: EngineHost<MessagePortMain>, workspace: string | null): Promise<void> {
  await host.open(workspace);
  for (const window of BrowserWindow.getAllWindows()) {
    window.webContents.reload();
  }
}

async function askAfterRefusal(host: EngineHost<MessagePortMain>, failure: Failure): Promise<void> {
  const texts = textsFor(app.getPreferredSystemLanguages());
  const { response } = await dialog.showMessageBox({
    type: "error",
    title: "EcoLocal",
    message: texts.cannotOpen,
    detail: [failure.subject, failure.detail, failure.hint ?? "", failure.code]
      .filter((line) => line !== "")
      .join("\n\n"),
    buttons: [texts.tryAgain, texts.openWorkspace, texts.quit],
    defaultId: 1,
    cancelId: 2,
  });
  const next = [() => switchWorkspace(host, requested), () => chooseWorkspace(host, texts.chooseWorkspace)][response];
  await (next === undefined ? app.quit() : next());
}
