import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { romanKey, soundsOf } from "./roman-key.ts";

describe("soundsOf", () => {
  test.each([
    ["Достоевский Dostoevskij Dostoyevsky Dostojewski Dostoevsky Dostoievski Dostoyevskiy"],
    ["Чайковский Tchaikovsky Chaykovskiy Tschaikowski Czajkowski Čajkovskij Chaikovskii"],
    ["Толстой Tolstoi Tolstoy Tolstoj"],
    ["Чехов Chekhov Čechov Tchekhov Tschechow Czechow"],
    ["Замятин Zamyatin Zamjatin Zamiatin"],
    ["Гоголь Gogol'"],
    ["Пушкин Pushkin Puškin Puschkin"],
    ["Солженицын Solzhenitsyn Solženicyn"],
    ["Рахманинов Rachmaninoff Rachmaninov Rakhmaninov"],
    ["Тургенев Turgenev Turgenew Turgeniev"],
    ["Евгений Evgeny Yevgeny Jevgenij"],
    ["Булгаков Bulgakov Bulgakow Boulgakov"],
    ["Mohammed Muhammad Mohamed Muhammed"],
    ["Hussein Husain Hussain Husayn"],
    ["Mahfouz Mahfuz"],
    ["Müller Mueller Muller"],
    ["Καζαντζάκης Kazantzakis"],
    ["こころ コッコロ kokoro"],
  ])("lets these meet: %s", (names) => {
    expect(new Set(soundsOf(names).keys).size).toBe(1);
  });

  test("reads kana and Hangul, and leaves out other scripts without spaces", () => {
    expect(soundsOf("しょうじょ 김치 中国").keys).toEqual([romanKey("shojo"), romanKey("gimchi")]);
  });
});

describe("romanKey", () => {
  test("keeps common English words apart", () => {
    const words = (
      "the and they then that this there these those when what where which witch who whom with from " +
      "lower lover cover power house horse mouse muse four for fur tour course curse cat cats catch chat " +
      "hat hats hatch bat batch yet jet woman women paper pepper better batter butter letter latter ship " +
      "sip show sow three tree thin tin path pat night light knight right write white while wife life " +
      "love live leave move movie cookie coke major king kind book boot black block city cell call"
    ).split(" ");
    expect(new Set(words.map(romanKey)).size).toBeGreaterThanOrEqual(words.length - 2);
  });

  test("is lower-case and never empty for any token", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9]{1,50}$/), (token) => {
        expect(romanKey(token)).toMatch(/^[a-z0-9]+$/);
      }),
      { numRuns: 2000 },
    );
  });
});
