/**
 * What stands as the source of a fact that the team stated itself: no page, and the beginning of its file's name
 * where it was written into the program's folder.
 */
export const STAFF_SOURCE = 'stated-by-the-team'
