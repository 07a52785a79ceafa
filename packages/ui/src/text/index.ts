export { createFormats, dayToInstant, displayDecimals, durationParts, type Formats } from "./formats.ts";
export { ageText, failureSentence, type SentenceLike, sentenceText } from "./sentence.ts";
export { type TextTools, useText } from "./text-context.ts";
export { TextProvider } from "./text-provider.tsx";
