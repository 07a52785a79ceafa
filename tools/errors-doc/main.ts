import { readFileSync, writeFileSync } from "node:fs";
import { ERROR_TABLE } from "../../packages/core/src/api/error-table.ts";
import { renderErrorsDoc } from "./render.ts";

const root = new URL("../../", import.meta.url);
const target = new URL("docs/ERRORS.md", root);
const sentences = JSON.parse(readFileSync(new URL("packages/messages/src/locale/en/errors.json", root), "utf8"));
const wanted = renderErrorsDoc(ERROR_TABLE, sentences);

if (!process.argv.includes("--check")) {
  writeFileSync(target, wanted);
} else if (read(target) !== wanted) {
  console.error(
    "docs/ERRORS.md is not current. Write it again with: node --conditions=source tools/errors-doc/main.ts",
  );
  process.exitCode = 1;
}

function read(file: URL): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
