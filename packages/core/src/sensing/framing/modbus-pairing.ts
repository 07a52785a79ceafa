import { type ModbusAnswer, type ModbusMessage, type ModbusRequest, readModbusRequest } from "./modbus.ts";

/**
 * Remembers which registers were asked for, because an answer does not say.
 *
 * The request is told by whoever wrote it, or seen on the line: adapters that hear themselves echo it, and other
 * masters ask too.
 */
export interface ModbusPairing {
  /** Bytes that were written to the line. */
  sent(request: Uint8Array): void;
  /** The request that a message answers; takes note of requests on the way. `null` when nobody knows. */
  match(message: ModbusMessage): ModbusRequest | null;
}

export function createModbusPairing(): ModbusPairing {
  let pending: ModbusRequest | null = null;
  return {
    sent(request) {
      pending = readModbusRequest(request);
    },
    match(message) {
      if (message.kind === "request") pending = message;
      if (message.kind !== "answer" || pending === null) return null;
      const request = pending;
      pending = null;
      return answers(message, request) ? request : null;
    },
  };
}

function answers(answer: ModbusAnswer, request: ModbusRequest): boolean {
  return (
    answer.unit === request.unit &&
    answer.functionCode === request.functionCode &&
    answer.data.length === request.count * 2
  );
}
