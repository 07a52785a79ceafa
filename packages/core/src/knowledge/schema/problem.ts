import type * as z from "zod";

/** One thing that is wrong in a knowledge file, found by file, id and field. */
export interface KnowledgeProblem {
  /** Path below the knowledge folder. */
  readonly file: string;
  /** Id of the entry, `-` for the file itself. */
  readonly id: string;
  /** Path inside the entry, `triggers[0].all[1].metric`. */
  readonly field: string;
  readonly message: string;
}

/** Turns the issues of the schema library into problems that name the entry by its id. */
export function problemsOfIssues(file: string, data: unknown, issues: readonly z.core.$ZodIssue[]): KnowledgeProblem[] {
  return issues.map((issue) => {
    const { id, rest } = splitAtEntry(data, issue.path);
    const unknown = issue.code === "unrecognized_keys" ? ` (${issue.keys.join(", ")})` : "";
    return { file, id, field: formatPath(rest) + unknown, message: issue.message };
  });
}

/** The path up to the first array element with an id names the entry; the rest is the field in it. */
function splitAtEntry(data: unknown, path: readonly PropertyKey[]): { id: string; rest: readonly PropertyKey[] } {
  let here = data;
  for (const [depth, key] of path.entries()) {
    here = isRecord(here) ? here[String(key)] : undefined;
    if (isRecord(here) && typeof here["id"] === "string") return { id: here["id"], rest: path.slice(depth + 1) };
  }
  return { id: "-", rest: path };
}

function formatPath(path: readonly PropertyKey[]): string {
  if (path.length === 0) return "-";
  return path.map((key, i) => (typeof key === "number" ? `[${key}]` : `${i === 0 ? "" : "."}${String(key)}`)).join("");
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
