// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createNavigation, type Navigation } from "./navigation.ts";

let navigation: Navigation;

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(window, "scrollTo").mockReturnValue(undefined);
  history.replaceState(null, "", "/");
  navigation = createNavigation(window);
});

afterEach(() => {
  navigation.dispose();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const address = () => location.pathname + location.search;

function typed(search: string, replace: boolean) {
  navigation.navigate(`/?q=${search}`, { replace, whileTyping: true, unfinished: true });
}

test("the place changes at every key, the address after a pause", () => {
  typed("e", false);
  typed("em", true);
  typed("emm", true);
  expect(navigation.place()).toMatchObject({
    path: "/",
    search: "q=emm",
    state: { unfinished: true },
  });
  expect(address()).toBe("/?q=e");
  vi.runAllTimers();
  expect(address()).toBe("/?q=emm");
});

test("a search that is being typed is one history entry", () => {
  const before = history.length;
  typed("e", false);
  const { entry } = navigation.place().state;
  typed("em", true);
  vi.runAllTimers();
  expect(history.length).toBe(before + 1);
  expect(navigation.place().state.entry).toBe(entry);
});

test("leaving the page while the address still waits writes it first", () => {
  typed("e", false);
  typed("emma", true);
  const replaced = vi.spyOn(history, "replaceState");
  navigation.navigate("/books/OL1W");
  expect(replaced.mock.calls.at(-1)?.[2]).toBe("/?q=emma");
  expect(address()).toBe("/books/OL1W");
});

test("a page that is loaded again remembers that its search was unfinished", () => {
  typed("emm", false);
  vi.runAllTimers();
  const again = createNavigation(window);
  expect(again.place()).toMatchObject({ arrival: "load", state: { unfinished: true } });
  again.dispose();
});

test("listeners hear of every change until they leave", () => {
  const listener = vi.fn();
  const leave = navigation.subscribe(listener);
  navigation.navigate("/about");
  leave();
  navigation.navigate("/");
  expect(listener).toHaveBeenCalledTimes(1);
});
