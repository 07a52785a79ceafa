export { type AskedOf, type AskedQuestion, type AskFailure, checkedQuestion } from "./checked-question.ts";
export { watchBuckets } from "./live-buckets.ts";
