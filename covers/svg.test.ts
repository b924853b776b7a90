import { expect, test } from "vitest";
import type { Shape } from "./shapes.ts";
import { svgOf } from "./svg.ts";

const text = (fields: Partial<Extract<Shape, { kind: "text" }>>): Shape => ({
  kind: "text",
  text: "Emma",
  x: 10,
  y: 20,
  size: 20,
  face: "serif",
  fill: "#000",
  anchor: "start",
  ...fields,
});

test("what is written from the right begins at its right end", () => {
  expect(svgOf([text({ isRightToLeft: true })])).toContain('text-anchor="end"');
  expect(svgOf([text({ isRightToLeft: true, anchor: "end" })])).toContain('text-anchor="start"');
  expect(svgOf([text({ isRightToLeft: true, anchor: "middle" })])).toContain("middle");
  expect(svgOf([text({})])).toContain('text-anchor="start"');
});

test("letters of thin fonts have a stroke", () => {
  expect(svgOf([text({ text: "雪国" })])).toMatch(/stroke-width="0\.6"/);
  expect(svgOf([text({})])).not.toContain("stroke-width");
});

test("Vietnamese goes without its tones, with its letters", () => {
  expect(svgOf([text({ text: "Truyện Kiều" })])).toContain(">Truyên Kiêu</text>");
});

test("a title is text, whatever it says", () => {
  expect(svgOf([text({ text: '</text><script>"\u0007' })])).toContain(
    ">&#60;/text&#62;&#60;script&#62;&#34;</text>",
  );
});
