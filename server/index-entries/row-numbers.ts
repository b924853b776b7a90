/** Works are numbered as their popularity falls, from ROWID_GAP upwards. */

/** Distance between the numbers of neighbours in popularity: room for new works between imports. */
export const ROWID_GAP = 16;
