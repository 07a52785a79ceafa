/** The Chromium that plays the browser and, under the double, Electron's pages. */
export const CHROMIUM: string = process.env["ELECTRON_DOUBLE_CHROMIUM"] ?? "/usr/bin/chromium";
