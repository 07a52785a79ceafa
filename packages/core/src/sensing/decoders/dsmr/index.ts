export { createDsmrDecoder } from "./decoder.ts";
export { DSMR_DRIVER } from "./driver.ts";
