export { createLinesDecoder } from "./decoder.ts";
export { LINES_DRIVER } from "./driver.ts";
export { type FieldGuess, type GuessedField, guessFields } from "./guess-fields.ts";
export { type MappingProposal, proposeMapping, proposeMeanings } from "./propose-mapping.ts";
