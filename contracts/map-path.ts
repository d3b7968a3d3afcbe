/** Where the app serves the archive that `MAP_FILE` names, with Range requests (RFC 9110 §14). */
export const MAP_PATH = '/map.pmtiles'
