export { createSmlDecoder } from "./decoder.ts";
export { SML_DRIVER } from "./driver.ts";
