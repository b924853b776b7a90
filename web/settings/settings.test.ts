import { expect, test } from "vitest";
import { defaultSettings, parseSettings, switchedTheme } from "./settings.ts";

test.each([null, "", "{", "null", "3", '"x"', '{"theme":5,"languages":7,"coverImages":"yes"}'])(
  "%s becomes the defaults",
  (stored) => {
    expect(parseSettings(stored)).toEqual(defaultSettings);
  },
);

test("what was chosen is read back", () => {
  const settings = {
    theme: "contrast",
    languages: ["de", "ja"],
    coverImages: true,
    view: "grid",
  } as const;
  expect(parseSettings(JSON.stringify(settings))).toEqual(settings);
});

test("switching between light and dark keeps high contrast", () => {
  expect(switchedTheme("contrast", true)).toBe("contrast-light");
  expect(switchedTheme("contrast-light", false)).toBe("contrast-dark");
  expect(switchedTheme("system", false)).toBe("dark");
  expect(switchedTheme("dark", true)).toBe("light");
});
