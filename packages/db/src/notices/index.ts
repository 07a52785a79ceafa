export { type NoticeRepository, noticeRepository } from "./notice-repository.ts";
