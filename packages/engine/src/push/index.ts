export { createPushService, type PushChange, type PushService } from "./push-service.ts";
