/**
 * The stand-in for the module `electron` in the main process.
 *
 * It offers what our main uses, and nothing that would silently do nothing: an import of anything else fails to link,
 * so that whoever starts using it decides here how it behaves.
 */
export { app } from "./application.ts";
export { BrowserWindow } from "./browser-window.ts";
export { protocol } from "./custom-scheme.ts";
export { ipcMain } from "./ipc-main.ts";
export { MessageChannelMain } from "./message-port.ts";
export { session } from "./session.ts";
export { control } from "./state.ts";
export { dialog, Menu, nativeTheme, screen, shell } from "./system.ts";
export { utilityProcess } from "./utility-process.ts";
