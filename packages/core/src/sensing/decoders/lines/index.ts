export { createLinesDecoder } from "./decoder.ts";
export { LINES_DRIVER } from "./driver.ts";
export { type MappingProposal, proposeMapping } from "./propose-mapping.ts";
