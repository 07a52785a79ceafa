import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

const ROOT = fileURLToPath(new URL("../../src/", import.meta.url));

/** Every source file of the app whose name ends with one of `endings`, tests left out. */
export function sourceFiles(...endings: readonly string[]): readonly SourceFile[] {
  return readdirSync(ROOT, { recursive: true, encoding: "utf8" })
    .filter((path) => endings.some((ending) => path.endsWith(ending)) && !path.includes(".test."))
    .map((path) => ({ path, text: readFileSync(`${ROOT}${path}`, "utf8") }));
}
