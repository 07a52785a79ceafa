/** Runs one benchmark file in a process of its own, so that no benchmark sees the memory of another. */
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Benchmark, toLine } from "./record.ts";

const [file, name, outFolder, scale] = process.argv.slice(2);
if (!file || !name || !outFolder) {
  throw new TypeError("child.ts needs a benchmark file, its name and a folder.");
}
const folder = join(outFolder, `run-${process.pid}`);
mkdirSync(folder, { recursive: true });
try {
  const { benchmark } = (await import(pathToFileURL(file).href)) as { benchmark: Benchmark };
  await benchmark.run({
    scale: scale === "quick" || scale === "full" ? scale : "usual",
    folder,
    say: (text) => process.stderr.write(`${name}: ${text}\n`),
    report: (measure) => process.stdout.write(`${JSON.stringify(toLine(name, measure))}\n`),
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
