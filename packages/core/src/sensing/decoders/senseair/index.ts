export { createSenseairDecoder } from "./decoder.ts";
export { SENSEAIR_DRIVER } from "./driver.ts";
