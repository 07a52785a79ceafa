/** The parts of Electron that belong to the person's system: menus, dialogs, other programs, screens. */
import { EventEmitter } from "node:events";

type MenuTemplate = readonly Record<string, unknown>[];

export class MenuItem {
  readonly id: string | undefined;
  readonly label: string;
  readonly role: string | undefined;
  readonly submenu: Menu | undefined;
  readonly click: (() => void) | undefined;

  constructor(options: Record<string, unknown>) {
    this.id = options["id"] as string | undefined;
    this.label = (options["label"] as string | undefined) ?? "";
    this.role = options["role"] as string | undefined;
    this.click = options["click"] as (() => void) | undefined;
    this.submenu = Array.isArray(options["submenu"]) ? Menu.buildFromTemplate(options["submenu"]) : undefined;
  }
}

export class Menu {
  static #application: Menu | null = null;
  readonly items: readonly MenuItem[];

  private constructor(items: readonly MenuItem[]) {
    this.items = items;
  }

  static buildFromTemplate(template: MenuTemplate): Menu {
    return new Menu(template.map((options) => new MenuItem(options)));
  }

  static setApplicationMenu(menu: Menu | null): void {
    Menu.#application = menu;
  }

  static getApplicationMenu(): Menu | null {
    return Menu.#application;
  }

  getMenuItemById(id: string): MenuItem | null {
    for (const item of this.items) {
      const found = item.id === id ? item : item.submenu?.getMenuItemById(id);
      if (found) {
        return found;
      }
    }
    return null;
  }
}

/** Nobody sits before a test: every dialog is cancelled, unless the test replaces the function. */
export const dialog = {
  showOpenDialog: async (_options: unknown) => ({ canceled: true, filePaths: [] as string[] }),
  showMessageBox: async (options: { readonly cancelId?: number }) => ({ response: options.cancelId ?? 0 }),
};

export const shell = {
  openExternal: async (url: string): Promise<void> => {
    throw new Error(`There is no other program here to open ${url}.`);
  },
};

const display = { id: 1, scaleFactor: 1, workArea: { x: 0, y: 0, width: 1280, height: 800 } };
export const screen = Object.assign(new EventEmitter(), { getAllDisplays: () => [display] });
export const nativeTheme = Object.assign(new EventEmitter(), { themeSource: "system", shouldUseDarkColors: false });
