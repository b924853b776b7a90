import { expect, test } from "vitest";
import { defaultSettings, parseSettings } from "./settings.ts";

test.each([null, "", "{", "null", "3", '"x"', '{"theme":5,"languages":7,"coverImages":"yes"}'])(
  "%s becomes the defaults",
  (stored) => {
    expect(parseSettings(stored)).toEqual(defaultSettings);
  },
);

test("what was chosen is read back", () => {
  const settings = { theme: "contrast", languages: ["de", "ja"], coverImages: true } as const;
  expect(parseSettings(JSON.stringify(settings))).toEqual(settings);
});
