/** The chapters of /inside, in the order of the page: each is the id of a section. */
export const chapters = ['journey', 'log', 'groups', 'polling', 'queue', 'faults', 'time', 'reader'] as const
