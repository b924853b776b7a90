import type { Plugin } from "vite";

/** Where no frame is ever drawn, as in a tab in the background, the page starts all the same. */
const latestMs = 1000;

/**
 * Fetches and starts the page's scripts after the first frame: the server has written what there is to
 * see, and on a slow network scripts would take the line from styles and fonts, on a slow processor
 * the time.
 */
export function startAfterPaint(): Plugin {
  return {
    name: "start-after-paint",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler: (html) => {
        const preload = /\s*<link rel="modulepreload" crossorigin href="([^"]+)">/g;
        const files = [...html.matchAll(preload)].map(([, path = ""]) => path);
        return html
          .replaceAll(preload, "")
          .replace(
            /<script type="module" crossorigin src="([^"]+)"><\/script>/,
            (_tag, path: string) => `<script>${starter([...files, path])}</script>`,
          );
      },
    },
  };
}

/**
 * All files are asked for at once: what imports them would name them only when it is there itself. Each
 * runs in a task of its own, so that none keeps a key or a tap waiting for long.
 */
function starter(files: readonly string[]): string {
  return (
    "{let start=async()=>{start=()=>{};" +
    `const files=${JSON.stringify(files)};` +
    "for(const href of files){" +
    'const link=document.createElement("link");' +
    'Object.assign(link,{rel:"modulepreload",href,crossOrigin:""});document.head.append(link)}' +
    "for(const file of files){await import(file);await new Promise((next)=>setTimeout(next))}};" +
    'new PerformanceObserver(()=>start()).observe({type:"paint",buffered:true});' +
    `setTimeout(()=>start(),${latestMs})}`
  );
}
