export { createIec62056Decoder } from "./decoder.ts";
export { IEC62056_DRIVER } from "./driver.ts";
