import { join } from "node:path";
import { app, BrowserWindow, nativeTheme, screen } from "electron";
import { APP_PAGE } from "./app-origin.ts";
import { placeWindow, readWindowState, SMALLEST_WINDOW, writeWindowState } from "./window-state.ts";

const PRELOAD = join(import.meta.dirname, "../preload/index.cjs");
/** The page's own background, so that a window never flashes white in the dark. */
const BACKGROUND = { light: "#FAFBF8", dark: "#121814" } as const;
/** A page that dies twice within this time is not reloaded again by itself. */
const CRASH_CALM_MS = 10_000;

/** Opens the one window, where it last stood, and shows it when its page is painted. */
export function openMainWindow(): BrowserWindow {
  const file = join(app.getPath("userData"), "window.json");
  const state = placeWindow(
    readWindowState(file),
    screen.getAllDisplays().map((display) => display.workArea),
  );
  const window = new BrowserWindow({
    ...state.bounds,
    minWidth: SMALLEST_WINDOW.width,
    minHeight: SMALLEST_WINDOW.height,
    title: "EcoLocal",
    show: false,
    autoHideMenuBar: true,
    backgroundColor: nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light,
    webPreferences: {
      preload: PRELOAD,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: !app.isPackaged,
    },
  });
  if (state.maximized) {
    window.maximize();
  }
  window.once("ready-to-show", () => window.show());
  window.on("close", () => {
    writeWindowState(file, { bounds: window.getNormalBounds(), maximized: window.isMaximized() });
  });
  reloadAfterCrash(window);
  void window.loadURL(APP_PAGE).catch(() => undefined);
  return window;
}

/** Brings the window back to front, from wherever it is. */
export function showMainWindow(): void {
  const window = BrowserWindow.getAllWindows()[0];
  if (window === undefined) {
    openMainWindow();
    return;
  }
  if (window.isMinimized()) {
    window.restore();
  }
  window.show();
  window.focus();
}

function reloadAfterCrash(window: BrowserWindow): void {
  let lastCrashAt = Number.NEGATIVE_INFINITY;
  window.webContents.on("render-process-gone", (_event, details) => {
    const now = performance.now();
    if (details.reason !== "clean-exit" && now - lastCrashAt > CRASH_CALM_MS) {
      window.webContents.reload();
    }
    lastCrashAt = now;
  });
}
