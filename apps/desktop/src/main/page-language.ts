import { LOCALES, type Locale } from "@ecolocal/messages";
import type { IpcMain } from "electron";
import { PAGE_LANGUAGE } from "../bridge/index.ts";
import { isTrustedFrame } from "./app-origin.ts";

/** Calls `onChange` with the language of the page, at its start and whenever somebody chooses another. */
export function followPageLanguage(ipcMain: IpcMain, onChange: (locale: Locale) => void): void {
  ipcMain.on(PAGE_LANGUAGE, (event, language: unknown) => {
    const locale = LOCALES.find((known) => known === language);
    if (locale !== undefined && isTrustedFrame(event.senderFrame)) onChange(locale);
  });
}
