import { contextBridge, ipcRenderer } from "electron";
import {
  BRIDGE_VERSION,
  type EcolocalBridge,
  ENGINE_CONNECT,
  ENGINE_GONE,
  ENGINE_PORT,
  PAGE_LANGUAGE,
} from "../bridge/bridge.ts";

/** The part of the page's window used here; this package's settings know Node, not the DOM. */
declare const window: {
  readonly origin: string;
  postMessage(message: string, targetOrigin: string, ports?: readonly unknown[]): void;
};

const bridge: EcolocalBridge = {
  bridge: BRIDGE_VERSION,
  connect: () => ipcRenderer.send(ENGINE_CONNECT),
  speak: (language) => ipcRenderer.send(PAGE_LANGUAGE, language),
};

contextBridge.exposeInMainWorld("ecolocal", bridge);
// Ports cross from this world into the page's only through the window's own postMessage, addressed to the page itself.
ipcRenderer.on(ENGINE_PORT, (event) => window.postMessage(ENGINE_PORT, window.origin, [...event.ports]));
ipcRenderer.on(ENGINE_GONE, () => window.postMessage(ENGINE_GONE, window.origin));
