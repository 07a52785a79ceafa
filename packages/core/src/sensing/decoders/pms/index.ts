export { createPmsDecoder } from "./decoder.ts";
export { PMS_DRIVER } from "./driver.ts";
