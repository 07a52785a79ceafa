// Validates the YAML files under packages/core/knowledge and writes the typed data modules of packages/core/src/knowledge.
//   node tools/knowledge/build.mjs          writes the generated modules
//   node tools/knowledge/build.mjs --check  only reports whether they are current (exit 1 when not)
// Exit 1 with one line per problem (file: id: field: what) when a file is invalid; nothing is written then.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { readKnowledgeFiles } from "./read.mjs";
import { renderModules } from "./render.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const { validateKnowledge } = await import(
  new URL("../../packages/core/src/knowledge/schema/index.ts", import.meta.url).href
);

const read = readKnowledgeFiles(join(root, "packages/core/knowledge"));
const checked = validateKnowledge(read.files);
const problems = [...read.problems, ...(checked.ok ? [] : checked.error.problems)];
if (problems.length > 0 || !checked.ok) {
  for (const problem of problems) {
    console.error(`${problem.file}: ${problem.id}: ${problem.field}: ${problem.message}`);
  }
  console.error(`${problems.length} problem(s) in the knowledge files; nothing was written.`);
  process.exit(1);
}

const target = join(root, "packages/core/src/knowledge");
const check = process.argv.includes("--check");
let stale = 0;
for (const [path, text] of Object.entries(renderModules(checked.value))) {
  const file = join(target, path);
  if (readOrEmpty(file) === text) continue;
  stale++;
  if (check) console.error(`${path} is out of date; run: node tools/knowledge/build.mjs`);
  else writeFileSync(file, text);
}
console.error(check ? `${stale} generated module(s) out of date.` : `${stale} generated module(s) written.`);
process.exit(check && stale > 0 ? 1 : 0);

function readOrEmpty(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
