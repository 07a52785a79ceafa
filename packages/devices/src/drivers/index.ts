export {
  createDriverSession,
  type DriverFailure,
  type DriverSessionOptions,
  findDriver,
} from "./open-driver.ts";
export { pollerFor } from "./pollers.ts";
export type { PollSettings } from "./settings.ts";
