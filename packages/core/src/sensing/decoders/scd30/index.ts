export { createScd30Decoder } from "./decoder.ts";
export { SCD30_DRIVER } from "./driver.ts";
