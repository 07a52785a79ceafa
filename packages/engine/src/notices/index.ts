export { createNoticeWatch, NOTICE_SETTINGS_KEY, type NoticeWatch, type NoticeWatchOptions } from "./notice-watch.ts";
