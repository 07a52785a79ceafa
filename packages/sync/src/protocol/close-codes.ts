/**
 * WebSocket close codes of the service. The stock y-websocket client stops for good on 4400–4499 and reconnects on
 * everything else, so what can pass stays outside that range (measured with y-websocket 3.1.0).
 */
export const CLOSE = {
  restart: 1012,
  slowConsumer: 1013,
  authorisationChanged: 4205,
  malformed: 4400,
  unauthenticated: 4401,
  forbidden: 4403,
  documentUnknown: 4404,
  epochChanged: 4409,
  gone: 4410,
  tooLarge: 4413,
  upgradeRequired: 4426,
  tooManyConnections: 4503,
  rateLimited: 4529,
} as const;

export type CloseCode = (typeof CLOSE)[keyof typeof CLOSE];
