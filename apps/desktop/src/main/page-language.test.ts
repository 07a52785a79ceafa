import type { IpcMain } from "electron";
import { expect, test } from "vitest";
import { PAGE_LANGUAGE } from "../bridge/index.ts";
import { followPageLanguage } from "./page-language.ts";

test("The language follows the app's own page, and nothing else", () => {
  const listeners = new Map<string, (event: unknown, language: unknown) => void>();
  const ipcMain = { on: (channel: string, listener: () => void) => listeners.set(channel, listener) };
  const heard: string[] = [];
  followPageLanguage(ipcMain as unknown as IpcMain, (locale) => heard.push(locale));
  const say = (url: string, language: unknown) =>
    listeners.get(PAGE_LANGUAGE)?.({ senderFrame: { url, parent: null, origin: new URL(url).origin } }, language);
  say("app://ecolocal/index.html", "de");
  say("https://example.org/", "fr");
  say("app://ecolocal/index.html", "tlh");
  say("app://ecolocal/index.html", { toString: () => "es" });
  expect(heard).toEqual(["de"]);
});
