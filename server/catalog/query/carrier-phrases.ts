/**
 * What is said around a title in scripts without spaces: "我想看[活着]", "[ノルウェイの森]という本". A space
 * is put between, so that the phrase is read as words of asking (asking-words.ts) and the pairs of
 * characters that straddle both are no words.
 */

const before = (
  "我想看 我想读 我想讀 我要看 我在找 请推荐 請推薦 推荐 推薦 有没有 有沒有 谁写了 誰寫了 关于 關於 有关 有關 类似 類似 " +
  "找一本 一本 想找"
).split(" ");

const behind = (
  "这本书 這本書 那本书 那本書 的书 的書 的小说 的小說 的作者 在线阅读 線上閱讀 电子书 電子書 电子版 下载 下載 免费 免費 " +
  "全集 作者是谁 作者是誰 是谁写的 是誰寫的 小说 小說 小説 という本 という小説 って本 の本 の小説 の作者 を読みたい が読みたい を探して " +
  "を探しています みたいな本 のような本 に似た本 ネタバレ 感想文 レビュー 単行本 翻訳 シリーズ 系列 豆瓣 读后感 讀後感 简介 簡介 好看吗 好看嗎 有声书 有聲書 독후감 줄거리 번역본 도서 리뷰 について 電子書籍 文庫本 文庫 책 소설 작가 읽기 같은 に関する本 に関する小説 に関する についての本 についての小説 関連書 관련"
).split(" ");

/** Phrases about the asking, each as it is written. */
export const carrierPhrases: readonly string[] = [...before, ...behind];

const atStart = new RegExp(`^(?:${longestFirst(before)})(?=.)`, "u");
const atEnd = new RegExp(`(?<=.)(?:${longestFirst(behind)})(?=[?？。!！]*$)`, "u");
const unspaced = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/u;

/** How many phrases around a title are read, at each end. */
const MAX_PHRASES = 3;

/** "№2", "nº2": a sign for "number" written together with it. */
const numberSign = /^(№|n[º°])(?=\p{N})/iu;

/** A word of the query with phrases of asking at its ends set apart by spaces. */
export function withCarriersApart(typed: string): string {
  const word = typed.replace(numberSign, "$1 ");
  if (!unspaced.test(word)) {
    return word;
  }
  const front: string[] = [];
  const back: string[] = [];
  let text = word;
  for (let count = 0; count < MAX_PHRASES; count++) {
    const start = atStart.exec(text)?.[0];
    if (start !== undefined) {
      front.push(start);
      text = text.slice(start.length);
    }
    const end = atEnd.exec(text);
    if (end !== null) {
      back.unshift(text.slice(end.index));
      text = text.slice(0, end.index);
    }
    if (start === undefined && end === null) {
      break;
    }
  }
  return [...front, text, ...back].join(" ");
}

function longestFirst(phrases: readonly string[]): string {
  return phrases.toSorted((one, other) => other.length - one.length).join("|");
}
