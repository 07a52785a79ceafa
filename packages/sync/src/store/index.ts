export { createGroupCommit, type GroupCommit, type GroupCommitOptions } from "./group-commit.ts";
export { createMemoryStore } from "./memory-store.ts";
