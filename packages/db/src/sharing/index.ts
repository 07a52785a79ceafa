export {
  type GivenChannel,
  type GivenReadings,
  givenReadings,
  type Outgoing,
  type SentDays,
  type WaitingDay,
} from "./given-readings.ts";
export { type ReceivedChannel, type ReceivedReadings, receivedReadings } from "./received-readings.ts";
