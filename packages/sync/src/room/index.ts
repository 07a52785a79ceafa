export type { RoomConnection } from "./connection.ts";
export type { ApplyRejection } from "./content.ts";
export { Room, type RoomFailure, type RoomRejection, type RoomServices } from "./room.ts";
export { nextRoomState, type RoomEvent, type RoomState, roomTransitions } from "./state.ts";
