export { createSentence, type Sentence } from "./sentence.ts";
export { isFact, type Verification, weakestVerification } from "./verification.ts";
