export type { KnowledgeFiles } from "./knowledge-files.ts";
export type { KnowledgeProblem } from "./problem.ts";
export { type KnowledgeFailure, validateKnowledge } from "./validate.ts";
