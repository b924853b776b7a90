/**
 * Words that speak about the request and the book as an object ("I think I read this in middle
 * school, blue cover"), not about what happens in it. Titles and descriptions hardly have them, so
 * that their rarity would make them look significant. English, as the descriptions mostly are.
 */
const requestWords = new Set(
  (
    "tomt book books novel novels novella story stories read reading reader remember " +
    "remembered recall recalling forget forgot forgotten title titled name named author cover " +
    "covers paperback hardcover page pages chapter chapters ago year years school elementary " +
    "middle high grade library kid kids young adult ya children childrens fiction genre " +
    "series trilogy plot premise character characters protagonist antagonist antagonists main " +
    "scene ending end published find finding found look looking looked search searching " +
    "searched google googled try trying tried think thought believe guess guesses maybe " +
    "perhaps possibly probably sure surely certain definitely pretty really basically kinda " +
    "kind sort type ish fairly quite almost actually exact exactly specific specifically " +
    "distinctly vague vaguely something someone someones somewhere somehow sometime anything " +
    "anyone anywhere thing things stuff whatever etc please help helped thank thanks " +
    "appreciated hope hopefully sorry unfortunately idea clue detail details bit lot lots few " +
    "bunch some any more most much many very also though because since either else except " +
    "again about around guy edit spoiler solved tip tongue call called like likes liked say " +
    "says said tell told know knew known mention mentioned want wanted get gets got go goes " +
    "going went come came take took make made give gave use used have has had having was were " +
    "been being could would should might cant dont didnt doesnt wasnt couldnt havent isnt im " +
    "ive id ill theres theyre hes shes its that this these those they them then there where " +
    "when which what who whom whose why how first second third last later early earlier late " +
    "mid older start starting starts begin beginning eventually finished finish happens " +
    "happen happened part point different similar another other whole entire able least super " +
    "weird okay hey anyways anyway correctly involves involved checked post figure reason " +
    "picture sounds due out"
  ).split(" "),
);

/** True for a folded word that says nothing about the book, and for the year somebody read it in. */
export function isAboutRequest(token: string): boolean {
  return (
    token.length < 3 || requestWords.has(token) || /^(?:(?:1[89]|20)[0-9]{2}|[0-9]0)s?$/.test(token)
  );
}
