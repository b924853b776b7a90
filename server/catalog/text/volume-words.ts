/**
 * Folded words before the number of a volume, in titles, queries and lists alike: "vol. 2", "Band 4",
 * "tome ii". Each of those knows some more, which elsewhere mean something else.
 */
export const volumeWords: readonly string[] =
  "volume vol v tome tom tomo volumen band bd bind teil deel del dil cast chast part pt parte partie book".split(
    " ",
  );
