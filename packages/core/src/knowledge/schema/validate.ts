import { err, type Failure, ok, type Result } from "../../shared/index.ts";
import { FILE_SCHEMAS, type KnowledgeFiles, PROJECT_FILE_SCHEMA } from "./knowledge-files.ts";
import { type KnowledgeProblem, problemsOfIssues } from "./problem.ts";
import { checkReferences } from "./references.ts";

/** The catalogue is invalid; every problem names file, id and field. */
export interface KnowledgeFailure extends Failure<"KNOWLEDGE_INVALID"> {
  readonly problems: readonly KnowledgeProblem[];
}

/**
 * Validates parsed knowledge files, given by their path below the knowledge folder. Shape first; ids that refer to each
 * other, formulas and task cycles are only checked when every file has the right shape.
 */
export function validateKnowledge(files: Readonly<Record<string, unknown>>): Result<KnowledgeFiles, KnowledgeFailure> {
  const problems: KnowledgeProblem[] = [];
  const shaped: Record<string, unknown> = {};
  for (const [file, { key, schema }] of Object.entries(FILE_SCHEMAS)) {
    if (!Object.hasOwn(files, file)) {
      problems.push({ file, id: "-", field: "-", message: "is missing" });
      continue;
    }
    const parsed = schema.safeParse(files[file]);
    if (parsed.success) shaped[key] = parsed.data;
    else problems.push(...problemsOfIssues(file, files[file], parsed.error.issues));
  }
  const projects = Object.entries(files).flatMap(([file, data]) => {
    if (Object.hasOwn(FILE_SCHEMAS, file)) return [];
    if (!file.startsWith("projects/")) {
      problems.push({ file, id: "-", field: "-", message: "is no file the catalogue knows" });
      return [];
    }
    const parsed = PROJECT_FILE_SCHEMA.safeParse(data);
    if (parsed.success) return [{ file, content: parsed.data }];
    problems.push(...problemsOfIssues(file, data, parsed.error.issues));
    return [];
  });
  if (problems.length > 0) return err(knowledgeFailure(problems));
  // Every key was filled above, or a problem was reported.
  const knowledge = { ...shaped, projects } as unknown as KnowledgeFiles;
  const references = checkReferences(knowledge);
  return references.length > 0 ? err(knowledgeFailure(references)) : ok(knowledge);
}

function knowledgeFailure(problems: readonly KnowledgeProblem[]): KnowledgeFailure {
  const [first] = problems;
  return {
    code: "KNOWLEDGE_INVALID",
    op: "validate knowledge",
    subject: first?.file ?? "knowledge",
    detail: problems.map((p) => `${p.file}: ${p.id}: ${p.field}: ${p.message}`).join("\n"),
    hint: "Correct the named fields and build again.",
    retry: "after-change",
    problems,
  };
}
