export { channelName } from "./channel-name.ts";
export { createFormats, dayToInstant, displayDecimals, durationParts, type Formats } from "./formats.ts";
export { ageText, failureSentence, polished, type SentenceLike, sentenceText } from "./sentence.ts";
export { type TextTools, useText } from "./text-context.ts";
export { TextProvider } from "./text-provider.tsx";
