import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Locale, pickLocale } from "@ecolocal/messages";
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
import { followPageLanguage } from "./page-language.ts";
import { brokerPorts } from "./port-broker.ts";
import { guardNavigation, refusePermissions } from "./session-guard.ts";
import { textsIn } from "./texts.ts";
import { workspaceArgument, workspaceOfSecondInstance } from "./workspace-argument.ts";
import { createWorkspaceChoice, type WorkspaceChoice } from "./workspace-choice.ts";

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
  // Until the page says which language it speaks.
  let locale = pickLocale(app.getPreferredSystemLanguages());
  const host = startEngine();
  const choice = createWorkspaceChoice({ dialog, host, locale: () => locale });
  brokerPorts(ipcMain, host);
  setMenu(locale, choice);
  followPageLanguage(ipcMain, (next) => {
    if (next === locale) return;
    locale = next;
    setMenu(locale, choice);
  });
  openMainWindow();
  app.on("activate", showMainWindow);
  app.on("second-instance", (_event, _argv, _folder, data) => {
    const workspace = workspaceOfSecondInstance(data);
    showMainWindow();
    if (workspace !== null) {
      void choice.show(workspace);
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
  return createEngineHost<MessagePortMain>({
    clock: { now: () => Date.now() },
    workspace: requested,
    version: app.getVersion(),
    fork: () => utilityProcess.fork(HOST_ENTRY, [], { serviceName: "EcoLocal engine", stdio: "inherit" }),
    onGone: (code, delayMs) => {
      process.stderr.write(`The engine ended with code ${code}; it starts again in ${delayMs} ms.\n`);
      for (const window of BrowserWindow.getAllWindows()) {
        window.webContents.send(ENGINE_GONE);
      }
    },
  });
}

function setMenu(locale: Locale, choice: WorkspaceChoice): void {
  const template = menuTemplate({
    texts: textsIn(locale),
    isMac: process.platform === "darwin",
    hasDevTools: !app.isPackaged,
    openWorkspace: () => void choice.pick(),
  });
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
