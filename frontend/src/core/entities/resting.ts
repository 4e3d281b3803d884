/**
 * A row of a list far out of sight rests: of its fields only those stay that its list must
 * know. What is drawn, opened or shown in its stead needs the row itself.
 */
export const RESTING = { resting: true } as const;

export const isResting = (row: object): boolean => "resting" in row;
