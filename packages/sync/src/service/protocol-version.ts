/** Oldest and newest protocol spoken here, apart from the version of the program. */
export const SYNC_PROTOCOL = { min: 1, max: 1 } as const;
