import type { Page } from "playwright-core";

/** What a page complained about since it was last loaded. */
export interface PageWatch {
  /** Violated directives with what violated them; empty is what every screen has to achieve. */
  violations(): Promise<readonly string[]>;
  /** Errors of scripts and on the console. */
  readonly errors: string[];
}

/** Reloads the page and notes what its policy refuses and what goes wrong in it. */
export async function reloadWatched(page: Page): Promise<PageWatch> {
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") {
      errors.push(message.text());
    }
  });
  await page.addInitScript(() => {
    const violations: string[] = [];
    Object.assign(globalThis, { violations });
    document.addEventListener("securitypolicyviolation", (event) => {
      violations.push(`${event.effectiveDirective}: ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
    });
  });
  await page.reload();
  return { errors, violations: () => page.evaluate(() => Reflect.get(globalThis, "violations") as string[]) };
}
