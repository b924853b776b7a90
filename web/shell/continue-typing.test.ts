// @vitest-environment jsdom
import { afterEach, expect, test } from "vitest";
import { createNavigation, type Navigation } from "#web/router/navigation.ts";
import { searchFieldId } from "#web/search/landmarks.ts";
import { continueTyping } from "./continue-typing.ts";

let navigation: Navigation;

/** The page as the server has written it, at an address, with its field. */
function writtenPage(address: string, query = "") {
  window.history.replaceState(null, "", address);
  document.body.innerHTML = `<div id="app"><input name="q" value="${query}"></div>`;
  navigation = createNavigation(window);
  const container = document.body.firstElementChild as HTMLElement;
  const field = container.firstElementChild as HTMLInputElement;
  const type = (text: string) => {
    field.focus();
    field.value += text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const draw = () => {
    container.innerHTML = `<input id="${searchFieldId}">`;
  };
  return { container, type, draw };
}

const query = () => new URLSearchParams(navigation.place().search).get("q");

afterEach(() => navigation.dispose());

test("what was typed before the scripts ran and what is typed until they have drawn is one search", async () => {
  const { container, type, draw } = writtenPage("/");
  const entries = window.history.length;
  type("em");
  continueTyping(container, navigation);
  expect(query()).toBe("em");
  type("ma");
  expect(query()).toBe("emma");
  expect(window.history.length).toBe(entries + 1);
  draw();
  await expect.poll(() => document.activeElement?.id).toBe(searchFieldId);
});

test("filters of the address stay, its page and its exactness don't", () => {
  const { container, type } = writtenPage("/?q=dun&language=eng&pages=3&exact", "dun");
  continueTyping(container, navigation);
  expect(query()).toBe("dun");
  type("e");
  expect(navigation.place().search).toBe("q=dune&language=eng");
});

test("who types nothing stays where they are, and the focus, too", async () => {
  const { container, draw } = writtenPage("/?q=dune", "dune");
  continueTyping(container, navigation);
  draw();
  await Promise.resolve();
  expect(navigation.place().arrival).toBe("load");
  expect(document.activeElement).toBe(document.body);
});
