export { createLocalTime, type LocalTime, localDay, localToInstant } from "./local-time.ts";
