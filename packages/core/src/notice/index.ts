export {
  compareFindings,
  NOTICE_KINDS,
  type Notice,
  type NoticeFinding,
  type NoticeKind,
  type NoticeValues,
} from "./notice.ts";
export { DEFAULT_NOTICE_SETTINGS, dueNotifications, type NoticeSettings } from "./notify.ts";
export { isQuiet, type QuietHours } from "./quiet-hours.ts";
export { type SensorSeen, sensorTrouble, type Watching } from "./sensor-trouble.ts";
