import { type IpcMain, type IpcMainEvent, MessageChannelMain, type MessagePortMain, type WebFrameMain } from "electron";
import { ENGINE_CONNECT, ENGINE_PORT } from "../bridge/index.ts";
import { isTrustedFrame } from "./app-origin.ts";
import type { EngineHost } from "./engine-host.ts";

/**
 * Connects the page with the engine: checks once who asks, then both talk over their own channel and main relays nothing.
 *
 * A page that asks again while it is still waiting gets one port, not many; a page that was reloaded meanwhile gets the
 * port of the one before it.
 */
export function brokerPorts(ipcMain: IpcMain, host: EngineHost<MessagePortMain>): void {
  const waiting = new Map<number, WebFrameMain>();
  ipcMain.on(ENGINE_CONNECT, (event) => {
    const frame = trustedFrame(event);
    if (frame === null) {
      return;
    }
    const page = event.sender.id;
    const isWaiting = waiting.has(page);
    waiting.set(page, frame);
    if (!isWaiting) {
      host.connect(() => {
        const { port1, port2 } = new MessageChannelMain();
        handOver(waiting.get(page) ?? frame, port2);
        waiting.delete(page);
        return port1;
      });
    }
  });
}

function trustedFrame(event: IpcMainEvent): WebFrameMain | null {
  return isTrustedFrame(event.senderFrame) ? event.senderFrame : null;
}

function handOver(frame: WebFrameMain, port: MessagePortMain): void {
  // The page may have been closed while it waited: then nobody is there, and the engine sees a closed port.
  if (frame.isDestroyed() || !isTrustedFrame(frame)) {
    port.close();
  } else {
    frame.postMessage(ENGINE_PORT, null, [port]);
  }
}
