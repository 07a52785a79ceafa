import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** Bytes of a file, or of everything below a folder. */
export function sizeOf(path: string): number {
  const info = statSync(path);
  return info.isDirectory() ? readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0) : info.size;
}
