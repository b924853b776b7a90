/** Draws covers as PNG images, in a thread of its own: one takes some tens of milliseconds. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { parentPort } from "node:worker_threads";
import { initWasm, Resvg } from "@resvg/resvg-wasm";
import { type CoverBook, drawCover } from "#covers/cover.ts";
import { svgOf } from "#covers/svg.ts";
import { fontsFor } from "./cover-fonts.ts";

/** What previews show: not smaller than 600 pixels high, by the advice of those who show them. */
const WIDTH_PIXELS = 600;

const require = createRequire(import.meta.url);
const ready = initWasm(readFileSync(require.resolve("@resvg/resvg-wasm/index_bg.wasm")));

parentPort?.on("message", async ({ id, book }: { id: number; book: CoverBook }) => {
  try {
    await ready;
    const drawing = svgOf(drawCover(book));
    const { fonts, missing } = fontsFor(drawing);
    // A letter without a font would be an empty box.
    const shown = [...drawing].filter((letter) => !missing.has(letter.codePointAt(0) ?? 0));
    const image = new Resvg(shown.join(""), {
      fitTo: { mode: "width", value: WIDTH_PIXELS },
      font: { fontBuffers: fonts, defaultFontFamily: "Literata" },
    });
    parentPort?.postMessage({ id, png: image.render().asPng() });
    image.free();
  } catch (error) {
    parentPort?.postMessage({ id, problem: String(error) });
  }
});
