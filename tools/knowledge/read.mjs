import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

/**
 * Reads every YAML file of a knowledge folder into `{ files: { "<path>": parsed }, problems }`.
 * A file that is no YAML becomes a problem with its line instead of an exception.
 */
export function readKnowledgeFiles(dir) {
  const files = {};
  const problems = [];
  for (const path of listYaml(dir)) {
    try {
      files[path] = parse(readFileSync(join(dir, path), "utf8"), { uniqueKeys: true });
    } catch (error) {
      problems.push({
        file: path,
        id: "-",
        field: "-",
        message: `is no valid YAML: ${String(error.message).split("\n")[0]}`,
      });
    }
  }
  return { files, problems };
}

function listYaml(dir) {
  const top = readdirSync(dir).filter((name) => name.endsWith(".yaml"));
  const projects = readdirSync(join(dir, "projects")).filter((name) => name.endsWith(".yaml"));
  return [...top, ...projects.map((name) => `projects/${name}`)].filter((path) => path !== "test-vectors.yaml").sort();
}
