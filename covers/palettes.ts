/** The colours of a cover. Text is set in `ink` on `ground` or the reverse: always 4.5:1 or more. */
export type Palette = {
  ground: string;
  ink: string;
  /** For ornaments; at least 2:1 against the ground. */
  accent: string;
  /** Between ground and ink; for the quiet parts of ornaments. */
  tone: string;
};

const p = (ground: string, ink: string, accent: string, tone: string): Palette => ({
  ground,
  ink,
  accent,
  tone,
});

/** Printing inks on cloth and paper: each row was chosen by eye, and the test checks its contrasts. */
export const palettes: readonly [Palette, ...Palette[]] = [
  p("#f3ead7", "#1d1a16", "#9e2b25", "#d2ad85"),
  p("#e4662f", "#1c1410", "#fbf1df", "#f2ad84"),
  p("#1d2f4f", "#f4ecdc", "#d9a441", "#4d6a94"),
  p("#1f4d3a", "#f3ecd9", "#e0b354", "#5f8a6f"),
  p("#e2b33c", "#211a10", "#8c2f1d", "#f2dc9a"),
  p("#432340", "#f6e9dc", "#e58f65", "#7d5577"),
  p("#9cc5d9", "#12242e", "#b03a20", "#d6e8ef"),
  p("#a8412a", "#fff4e4", "#f3c969", "#cf7c5e"),
  p("#b9c4a3", "#1f2a1c", "#7a3b2e", "#dde3cd"),
  p("#26262a", "#f1ece2", "#e5533d", "#5d5d64"),
  p("#e6b3a8", "#33141a", "#7d1f36", "#f3d7cf"),
  p("#14565d", "#f2f0e4", "#f0b64c", "#4d9097"),
  p("#b7a6cf", "#221a36", "#5b2a6e", "#dbd1e8"),
  p("#cfc6b6", "#24211c", "#23527c", "#e6dfd2"),
  p("#b72c1c", "#fff5e6", "#f2c14e", "#dd735c"),
  p("#eef0ea", "#17263f", "#2c5aa0", "#b9c7da"),
  p("#4a2c20", "#f5e6cf", "#d98e4a", "#7f5a48"),
  p("#a8d3bd", "#12302a", "#b03a2c", "#d2eadf"),
  p("#d98695", "#2b0d17", "#fff0dd", "#edbcc4"),
  p("#2f3e1f", "#f4efd8", "#d4c15a", "#66794a"),
  p("#f0d9a8", "#2c1c10", "#35605a", "#dcb878"),
  p("#6d92b8", "#0b131c", "#fdf4de", "#a5c0da"),
  p("#f6f1e7", "#142a22", "#2f7d5b", "#bcd3c2"),
  p("#712b3c", "#fbeedd", "#e9a7a0", "#9f5a68"),
];
