import type { Plugin } from "vite";

/** Where no frame is ever drawn, as in a tab in the background, the page starts all the same. */
const latestMs = 1000;

/**
 * Starts the page's script after the first frame: the server has written what there is to see, and on
 * a slow processor it would otherwise wait until the scripts have run. They are fetched meanwhile, at
 * a lower priority than styles and fonts.
 */
export function startAfterPaint(): Plugin {
  return {
    name: "start-after-paint",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler: (html) =>
        html
          .replace(
            /<script type="module" crossorigin src="([^"]+)"><\/script>/,
            (_tag, path: string) =>
              `<link rel="modulepreload" crossorigin href="${path}">` +
              `<script>{const start=()=>import("${path}");` +
              `requestAnimationFrame(()=>setTimeout(start));setTimeout(start,${latestMs})}</script>`,
          )
          .replaceAll('<link rel="modulepreload"', '<link rel="modulepreload" fetchpriority="low"'),
    },
  };
}
