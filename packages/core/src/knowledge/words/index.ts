export { createSentence, type Sentence } from "./sentence.ts";
export { formatQuantity, unitSymbol } from "./unit-symbol.ts";
export { isFact, type Verification, weakestVerification } from "./verification.ts";
