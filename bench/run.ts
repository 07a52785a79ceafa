/**
 * `npm run bench [-- NAME …] [--json] [--quick | --full]`: runs all benchmarks or those whose name contains NAME.
 *
 * A benchmark is a file `bench/NAME/TOPIC.bench.ts`. With `--json` every result is one object a line on stdout, else
 * a table. Exit code 1 when a benchmark fails to run; a missed target is printed and does not fail the run.
 */
import { spawn } from "node:child_process";
import { globSync, mkdirSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { MeasureLine } from "./lib/record.ts";
import { tableRow, tableSummary } from "./lib/table.ts";

const HERE = dirname(fileURLToPath(import.meta.url));
const OUT = join(HERE, "out");

const { values, positionals } = parseArgs({
  options: {
    json: { type: "boolean" },
    full: { type: "boolean" },
    quick: { type: "boolean" },
    list: { type: "boolean" },
  },
  allowPositionals: true,
});

const scale = values.full ? "full" : values.quick ? "quick" : "usual";
const found = globSync("*/**/*.bench.ts", { cwd: HERE, exclude: ["node_modules/**", "out/**"] })
  .sort()
  .map((file) => ({ file: join(HERE, file), name: relative(".", file).replace(/\.bench\.ts$/, "") }));
const chosen = found.filter(({ name }) => positionals.length === 0 || positionals.some((part) => name.includes(part)));

if (chosen.length === 0) {
  process.stderr.write(`No benchmark is called ${positionals.join(", ")}. There are: ${names(found)}.\n`);
  process.exitCode = 2;
} else if (values.list) {
  process.stdout.write(`${chosen.map(({ name }) => name).join("\n")}\n`);
} else {
  mkdirSync(OUT, { recursive: true });
  const lines: MeasureLine[] = [];
  for (const bench of chosen) {
    const code = await runOne(bench.file, bench.name, lines);
    if (code !== 0) {
      process.stderr.write(`${bench.name} failed to run (exit ${code}).\n`);
      process.exitCode = 1;
    }
  }
  if (!values.json) {
    process.stdout.write(tableSummary(lines));
  }
}

function names(list: readonly { readonly name: string }[]): string {
  return list.map(({ name }) => name).join(", ");
}

async function runOne(file: string, name: string, lines: MeasureLine[]): Promise<number> {
  const flags = ["--conditions=source", "--expose-gc", "--max-old-space-size=8192"];
  const args = [...flags, join(HERE, "lib", "child.ts"), file, name, OUT, scale];
  const child = spawn(process.execPath, args, { cwd: HERE, stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise<number>((resolve) => child.on("close", (code) => resolve(code ?? 1)));
  for await (const line of createInterface({ input: child.stdout })) {
    const measure = JSON.parse(line) as MeasureLine;
    lines.push(measure);
    process.stdout.write(values.json ? `${line}\n` : tableRow(measure));
  }
  return ended;
}
