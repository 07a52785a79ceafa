import { expect, test } from "vitest";
import { type MenuActions, menuTemplate } from "./menu.ts";
import { textsIn } from "./texts.ts";

const actions = (changes: Partial<MenuActions> = {}): MenuActions => ({
  texts: textsIn("en"),
  isMac: false,
  hasDevTools: false,
  openWorkspace: () => undefined,
  ...changes,
});

test("Opening another workspace is in the file menu and on Ctrl+O", () => {
  let opened = 0;
  const menu = menuTemplate(actions({ openWorkspace: () => opened++ }));
  const file = menu[0]?.submenu;
  const item = Array.isArray(file) ? file.find((entry) => entry.id === "open-workspace") : undefined;
  expect(item?.accelerator).toBe("CmdOrCtrl+O");
  Reflect.apply(item?.click as () => void, item, []);
  expect(opened).toBe(1);
});

test("Developer tools are only offered in a build that is not packaged", () => {
  expect(JSON.stringify(menuTemplate(actions()))).not.toContain("toggleDevTools");
  expect(JSON.stringify(menuTemplate(actions({ hasDevTools: true })))).toContain("toggleDevTools");
});

test("On a Mac the app menu comes first and holds the way out", () => {
  const menu = menuTemplate(actions({ isMac: true }));
  expect(menu[0]).toEqual({ role: "appMenu" });
  expect(JSON.stringify(menu[1])).not.toContain('"quit"');
});

test("Every entry is named in the language of the page, because Electron names its own in English", () => {
  const labels = (locale: string) => {
    const entries = menuTemplate(actions({ texts: textsIn(locale), hasDevTools: true }));
    const all = entries.flatMap((entry) => [entry, ...(Array.isArray(entry.submenu) ? entry.submenu : [])]);
    return all.filter(({ type }) => type !== "separator").map(({ label }) => label);
  };
  const english = labels("en");
  for (const locale of ["de", "fr", "es"]) {
    expect(labels(locale).every((label, i) => label !== undefined && label !== english[i])).toBe(true);
  }
});
