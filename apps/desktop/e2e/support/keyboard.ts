import type { Locator, Page } from "playwright-core";

/** More stops than any screen has between two things. */
const MOST_STOPS = 150;

/** A person without a mouse: Tab, arrows, Enter, Space and letters, and nothing else. */
export interface KeyboardPerson {
  /** Tabs until `target` has the focus, which must be visible then; throws where Tab never gets there. */
  reach(target: Locator): Promise<void>;
  /** Reaches it and presses Enter. */
  enter(target: Locator): Promise<void>;
  /** Reaches a field and types over what it holds. */
  type(target: Locator, text: string): Promise<void>;
  press(...keys: readonly string[]): Promise<void>;
}

export function withKeyboard(page: Page): KeyboardPerson {
  const hasFocus = (target: Locator) => target.evaluate((element) => element === document.activeElement);
  const reach = async (target: Locator): Promise<void> => {
    await target.first().waitFor();
    for (let stop = 0; stop < MOST_STOPS; stop++) {
      if (await hasFocus(target.first())) return await seesFocus(page);
      await page.keyboard.press("Tab");
    }
    throw new TypeError(`Tab does not lead to ${String(target)}.`);
  };
  return {
    reach,
    async enter(target) {
      await reach(target);
      await page.keyboard.press("Enter");
    },
    async type(target, text) {
      await reach(target);
      await page.keyboard.press("ControlOrMeta+a");
      await page.keyboard.type(text);
    },
    async press(...keys) {
      for (const key of keys) await page.keyboard.press(key);
    },
  };
}

/** What has the focus is inside the window and marked: by an outline of its own, or of what it belongs to. */
async function seesFocus(page: Page): Promise<void> {
  const trouble = await page.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement)) return "nothing has the focus";
    const { top, bottom } = element.getBoundingClientRect();
    if (bottom < 0 || top > innerHeight) return `${element.outerHTML.slice(0, 120)} is outside the window`;
    const looks = [element, element.parentElement ?? element].map((one) => getComputedStyle(one));
    // A link may stretch over its card and mark that.
    const marked = [...looks, getComputedStyle(element, "::after")].some(
      ({ outlineStyle, outlineWidth, boxShadow }) =>
        (outlineStyle !== "none" && outlineWidth !== "0px") || boxShadow !== "none",
    );
    return marked ? null : `${element.outerHTML.slice(0, 120)} does not show that it has the focus`;
  });
  if (trouble !== null) throw new TypeError(trouble);
}
