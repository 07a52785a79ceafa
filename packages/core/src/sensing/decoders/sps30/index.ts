export { createSps30Decoder } from "./decoder.ts";
export { SPS30_DRIVER } from "./driver.ts";
