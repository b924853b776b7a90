/**
 * What a test does with a page in a browser that Playwright doesn't drive (decision 74). Everything is
 * found as a screen reader finds it: by the role and the name that the browser itself computes.
 */
export interface EnginePage {
  /** Comes back when the document is loaded. */
  open(address: string): Promise<void>;
  /** The size of what the page is drawn in, in CSS pixels. */
  resize(width: number, height: number): Promise<void>;
  back(): Promise<void>;
  /** The elements shown that have this role and, if one is given, this name; in the order of the page. */
  find(role: Role, name?: string): Promise<EngineElement[]>;
  /** As typed into whatever has the focus, a key for every letter. */
  type(text: string): Promise<void>;
  press(key: EngineKey): Promise<void>;
  evaluate<T>(script: () => T): Promise<T>;
  /** Runs a library in the page, past the policy that lets it load only its own scripts. */
  inject(source: string): Promise<void>;
  /** Errors and warnings that the browser has told of, and exceptions; nothing where it doesn't tell. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

export interface EngineElement {
  click(): Promise<void>;
  /** Undefined if the page has removed the element meanwhile. */
  evaluate<T>(script: (element: HTMLElement) => T): Promise<T | undefined>;
}

export interface Engine {
  /** A page that shares no cookies and no storage with those before it; addresses begin at `baseUrl`. */
  newPage(baseUrl: string): Promise<EnginePage>;
  close(): Promise<void>;
}

export type EngineKey = "Tab" | "Enter" | "Escape" | "ArrowDown";

export type Role =
  | "alert"
  | "button"
  | "checkbox"
  | "combobox"
  | "complementary"
  | "dialog"
  | "group"
  | "heading"
  | "link"
  | "list"
  | "listbox"
  | "option"
  | "radio"
  | "region"
  | "status";
