import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { foldTokens, foldWithSpans, foldWords, squash } from "./fold.ts";
import { anyText, textOf } from "./testing/any-text.ts";

/** Any text, and what the scanner looks for. */
const text = fc.oneof(
  anyText(60),
  textOf(
    [
      ..."l d qu ' ’ é & &amp; * f*ck + ++ c # 20,000 1. . , - ー ・ か ﾞ \u3099 한 국 ᄒ \u1161 中 a 9 ½ ™ न ् ा ου ู ก й".split(
        " ",
      ),
      " ",
      "\ud800",
      "\u0301",
      "\u200c",
      "\u00ad",
    ],
    30,
  ),
);

/** What plain-words.ts reads by itself, and what it leaves to the scanner. */
const plainText = textOf([..."aL'dD`u*+#-,.&/1", "000", " ", "qu'", "amp;"], 20);

describe("foldTokens", () => {
  test.each([
    ["The Lord of the Rings", "the lord of the rings"],
    ["Ender's Game", "enders game"],
    ["Don’t Look Now", "dont look now"],
    ["'Salem's Lot", "salems lot"],
    ["L'Étranger", "l etranger"],
    ["Dell’amore e d'altri demoni", "dell amore e d altri demoni"],
    ["Rock 'n' Roll", "rock n roll"],
    ["O'Brien, Tim", "obrien tim"],
    ["J.R.R. Tolkien", "j r r tolkien"],
    ["Spider-Man—Catch-22", "spider man catch 22"],
    ["Pride & Prejudice", "pride and prejudice"],
    ["AT&amp;T", "at and t"],
    ["C++ and C# in .NET", "cplusplus and csharp in net"],
    ["20,000 Leagues; 20.000 Meilen", "20000 leagues 20000 meilen"],
    ["20 000 lieues, 1\u202f000\u202f000; 10 200, 5 0001", "20000 lieues 1000000 10 200 5 0001"],
    ["2,3 and 3.14 and 1.23,45", "2 3 and 3 14 and 1 23 45"],
    ["№ 5", "no 5"],
    ["Harry Potter™", "harry potter"],
    ["9½ Weeks", "9 1 2 weeks"],
    ["Æsop, Œuvres, Straße, Ørsted, Łódź, Þór, ısı", "aesop oeuvres strasse orsted lodz thor isi"],
    ["ﬁne Ⅳ ＡＢＣ１２", "fine iv abc12"],
    ["The Subtle Art of Not Giving a F*ck", "the subtle art of not giving a fuck"],
    ["M*A*S*H", "mash"],
    ["co\u00adoperate", "cooperate"],
    ["x\u0303y ŉ", "xy n"],
    ["", ""],
    ["?! … “”", ""],
  ])("folds %s", (text, tokens) => {
    expect(foldTokens(text).join(" ")).toBe(tokens);
  });

  test.each([
    ["Достоевский", "dostoevsky"],
    ["Преступление и наказание", "prestuplenie i nakazanie"],
    ["Ёлка", "elka"],
    ["У пошуках Аляски", "u poshukakh alyaski"],
    ["Ὀδύσσεια Ομήρου", "odysseia omirou"],
    ["Καζαντζάκης", "kazantzakis"],
    ["הבוגד", "hbvgd"],
    ["بابا لنگ‌دراز", "baba lng draz"],
    ["Թումանյան", "tumanyan"],
    ["ვეფხისტყაოსანი", "vepkhistqaosani"],
    ["एक नाव में तीन पुरुषों", "ek nav men tin purushon"],
    ["திருக்குறள்", "tirukkural"],
    ["١٩٨٤ १९८४", "1984 1984"],
  ])("reads %s in Latin letters", (text, tokens) => {
    expect(foldTokens(text).join(" ")).toBe(tokens);
  });

  test.each([
    ["21の気球", "21 の気 気球"],
    ["ノルウェイの森", "のる るう うぇ ぇい いの の森"],
    ["ハリー・ポッター", "はり りー ーぽ ぽっ った たー"],
    ["ﾊﾘｰ･ﾎﾟｯﾀｰ", "はり りー ーぽ ぽっ った たー"],
    ["心", "心"],
    ["한국어 김치", "한국 국어 김치"],
  ])("pairs the characters of %s", (text, tokens) => {
    expect(foldTokens(text).join(" ")).toBe(tokens);
  });

  test("finds a Japanese title by any part of it, without spaces", () => {
    const title = foldTokens("世界の終りとハードボイルド・ワンダーランド");
    expect(title).toEqual(expect.arrayContaining(foldTokens("ワンダーランド")));
    expect(title).toEqual(expect.arrayContaining(foldTokens("世界の終り")));
  });

  test("yields tokens of lower-case letters and digits for any text", () => {
    fc.assert(
      fc.property(text, (source) => {
        for (const token of foldTokens(source)) {
          expect(token).toMatch(/^[\p{L}\p{M}\p{N}]+$/u);
          expect(token).not.toMatch(/[A-Z]/);
        }
      }),
      { numRuns: 800 },
    );
  });

  test("says the same of a text however its accents are encoded", () => {
    fc.assert(
      fc.property(text, (source) => {
        expect(foldTokens(source.normalize("NFD"))).toEqual(foldTokens(source.normalize("NFC")));
      }),
      { numRuns: 800 },
    );
  });

  test("leaves its own tokens as they are", () => {
    fc.assert(
      fc.property(text, (source) => {
        const tokens = foldTokens(source);
        expect(foldTokens(tokens.join(" "))).toEqual(tokens);
      }),
      { numRuns: 800 },
    );
  });

  test("takes every code point, alone and inside a word", () => {
    for (let codePoint = 0; codePoint <= 0x2ffff; codePoint += codePoint < 0xffff ? 1 : 7) {
      const character = String.fromCodePoint(codePoint);
      foldTokens(character);
      expect(foldWords(`a ${character} b`).at(0)).toBe("a");
    }
  });

  test("takes time in proportion to the text", () => {
    for (const unit of ["l'", "a*", "1,000,", "न", "・", "ﾞ", "\u0301", "c+", "&amp;", "('"]) {
      expect(foldTokens(unit.repeat(50_000)).length).toBeLessThanOrEqual(150_000);
    }
  });
});

describe("foldWithSpans", () => {
  test("points at the characters of the original text", () => {
    const text = "𝒜 Café L'Étranger’s 😀 ハリー & F*ck";
    const characters = [...text];
    const found = foldWithSpans(text).map(({ token, start, end }) => [
      token,
      characters.slice(start, end).join(""),
    ]);
    expect(found).toEqual([
      ["a", "𝒜"],
      ["cafe", "Café"],
      ["l", "L"],
      ["etrangers", "Étranger’s"],
      ["はり", "ハリ"],
      ["りー", "リー"],
      ["and", "&"],
      ["fuck", "F*ck"],
    ]);
  });

  test("has the tokens of foldTokens, in order, each within the text", () => {
    fc.assert(
      fc.property(fc.oneof(text, plainText), (source) => {
        const spans = foldWithSpans(source);
        expect(spans.map(({ token }) => token)).toEqual(foldTokens(source));
        const size = [...source].length;
        let before = 0;
        for (const { start, end } of spans) {
          expect(start).toBeGreaterThanOrEqual(before);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(size);
          before = start;
        }
      }),
      { numRuns: 3000 },
    );
  });
});

describe("squash", () => {
  test.each([
    ["Harry Potter", "harrypotter"],
    ["I'm OK, You're OK", "I m ok you re ok"],
    ["Lift-the-Flap", "LifttheFlap"],
    ["Pride & Prejudice", "pride and prejudice"],
    ["L'étranger", "letranger"],
    ["20,000 Leagues", "20000 leagues"],
    ["ハリー・ポッター", "ハリー ポッター"],
    ["紅樓夢", "红楼梦"],
  ])("gives %s and %s one key", (one, other) => {
    expect(squash(one)).toBe(squash(other));
  });

  test("keeps titles of nothing but signs apart", () => {
    expect(squash("?")).toBe("?");
    expect(squash("! ! !")).toBe("!!!");
  });
});
