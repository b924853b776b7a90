/** The name of a file that somebody pasted: "Frank_Herbert-Dune(1965)[retail].epub". */

const ending =
  /(?:\.(?:epub|pdf|mobi|azw3?|kfx|djvu|fb2|txt|rtf|docx?|lit|cb[rz]|m4[ab]|mp3|ogg|opus|flac|aac|wma|aax|zip|rar|7z|part|crdownload|final|ebook))+(?:[.-][a-z0-9]{1,12})?\s*$/i;
/** Where the file lies: "C:\\Books\\Dune.epub", "/home/me/dune.pdf". */
const folder = /^\s*(?:[a-z]:[\\/]|\\\\|file:\/+|~?\/|(?:[^\\/:]+[\\/])+)(?:[^\\/]*[\\/])*/i;
/** Sizes of what people paste; a longer line is a text that happens to end so. */
const MAX_LENGTH = 300;

/** True for a line that is the name of a file of a book. */
export function isFileName(text: string): boolean {
  const name = text.replace(folder, "");
  return text.length <= MAX_LENGTH && ending.test(name) && !/:\S|["|]/.test(name);
}

/** The words of a file's name as they would be typed, with its ending as a word. */
export function wordsOfFileName(name: string): string {
  const decoded = decode(name.trim()).replace(folder, "");
  const end = decoded.search(ending);
  const stem = decoded.slice(0, end);
  // Where nothing but dots is between the words, they are spaces.
  const spaced = /\s|_/.test(stem) ? stem : stem.replace(/\.(?=\S)/g, " ");
  return `${spaced
    .replace(/_s_/g, "'s_")
    .replace(/[_+]/g, " ")
    .replace(
      /(?<=[\p{L}\p{N})\]])-(?=\p{Lu}|\[|\()/gu,
      " - ",
    )} ${decoded.slice(end).replaceAll(".", " ").trim()}`;
}

function decode(text: string): string {
  if (!text.includes("%")) {
    return text;
  }
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
