/** Who may see a channel's readings: nobody else, the members of the group, or whoever knows the server. */
export const AUDIENCES = ["none", "group", "public"] as const;
export type Audience = (typeof AUDIENCES)[number];

/** What of a channel is given away: every reading, or one summary per hour. */
export const SHARED_RESOLUTIONS = ["raw", "hourly"] as const;
export type SharedResolution = (typeof SHARED_RESOLUTIONS)[number];
