// Validates the YAML files under packages/core/knowledge and writes the typed data modules of packages/core/src/knowledge
// and NOTICE, the list of data sources.
//   node tools/knowledge/build.mjs          writes the generated modules
//   node tools/knowledge/build.mjs --check  only reports whether they are current (exit 1 when not)
// Exit 1 with one line per problem (file: id: field: what) when a file is invalid; nothing is written then.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { readKnowledgeFiles } from "./read.mjs";
import { renderModules } from "./render.mjs";
import { renderNotice } from "./render-notice.mjs";

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

const outputs = { ...renderModules(checked.value), NOTICE: renderNotice(checked.value.sources.sources) };
const check = process.argv.includes("--check");
let stale = 0;
for (const [path, text] of Object.entries(outputs)) {
  const file = join(root, path);
  if (readOrEmpty(file) === text) continue;
  stale++;
  if (check) console.error(`${path} is out of date; run: node tools/knowledge/build.mjs`);
  else writeFileSync(file, text);
}
console.error(check ? `${stale} generated file(s) out of date.` : `${stale} generated file(s) written.`);
process.exit(check && stale > 0 ? 1 : 0);

function readOrEmpty(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
