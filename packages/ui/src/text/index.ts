export type { SentenceLike } from "@ecolocal/messages";
export { capitalised } from "./capitalised.ts";
export { amountWords, type CatalogueUnit, catalogueUnit, unitWords } from "./catalogue-unit.ts";
export { channelName } from "./channel-name.ts";
export { createFormats, dayToInstant, durationParts, type Formats, type Habits } from "./formats.ts";
export { ageText, failureSentence, polished, sentenceText, spoken } from "./sentence.ts";
export { type TextTools, useText } from "./text-context.ts";
export { TextProvider } from "./text-provider.tsx";
export type { AxisForm } from "./value-formats.ts";
