/** A piece of markup; only `html` makes one, so text can't become markup by mistake. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Part = Html | string | number | undefined | readonly Part[];

/** Markup with its values escaped: html`<p>${title}</p>`. Arrays are joined, undefined is nothing. */
export function html(strings: TemplateStringsArray, ...values: Part[]): Html {
  const parts = strings.map((text, index) => text + render(values[index]));
  return new Html(parts.join(""));
}

/** JSON as the content of a script element that is data: nothing in it can end the element. */
export function jsonScript(type: string, id: string | undefined, value: unknown): Html {
  const json = JSON.stringify(value).replaceAll("<", "\\u003c");
  const name = id === undefined ? "" : ` id="${escapeHtml(id)}"`;
  return new Html(`<script type="${escapeHtml(type)}"${name}>${json}</script>`);
}

function render(value: Part): string {
  if (value === undefined) {
    return "";
  }
  if (value instanceof Html) {
    return value.text;
  }
  if (typeof value === "object") {
    return value.map(render).join("");
  }
  return escapeHtml(String(value));
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}
