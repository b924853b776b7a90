import puppeteer, { type ElementHandle, type Page } from "puppeteer-core";
import type { Engine, EngineElement, EngineKey, EnginePage, Role } from "./engine-page.ts";

/** Firefox as distributions have it, driven over WebDriver BiDi. */
export async function startFirefox(executablePath: string): Promise<Engine> {
  const browser = await puppeteer.launch({ browser: "firefox", executablePath, headless: true });
  return {
    newPage: async (baseUrl) => {
      const context = await browser.createBrowserContext();
      return new FirefoxPage(await context.newPage(), baseUrl, () => context.close());
    },
    close: () => browser.close(),
  };
}

class FirefoxPage implements EnginePage {
  readonly complaints: string[] = [];
  readonly close: () => Promise<void>;
  readonly #page: Page;
  readonly #baseUrl: string;

  constructor(page: Page, baseUrl: string, close: () => Promise<void>) {
    this.#page = page;
    this.#baseUrl = baseUrl;
    this.close = close;
    page.on("console", (message) => {
      if (["error", "warn"].includes(message.type())) {
        this.complaints.push(message.text());
      }
    });
    page.on("pageerror", (error) => this.complaints.push(String(error)));
  }

  async open(address: string): Promise<void> {
    await this.#page.goto(this.#baseUrl + address);
  }

  async resize(width: number, height: number): Promise<void> {
    await this.#page.setViewport({ width, height });
  }

  async back(): Promise<void> {
    await this.#page.goBack();
  }

  async find(role: Role, name = ""): Promise<EngineElement[]> {
    const handles = await this.#page.$$(`aria/${name}[role="${role}"]`);
    return handles.map((handle) => new FirefoxElement(handle as ElementHandle<HTMLElement>));
  }

  async type(text: string): Promise<void> {
    await this.#page.keyboard.type(text);
  }

  async press(key: EngineKey): Promise<void> {
    await this.#page.keyboard.press(key);
  }

  async evaluate<T>(script: () => T): Promise<T> {
    // Awaited types and plain ones are the same where nothing is a promise.
    return (await this.#page.evaluate(script)) as T;
  }

  async inject(source: string): Promise<void> {
    await this.#page.evaluate(`${source};0`);
  }
}

class FirefoxElement implements EngineElement {
  readonly #handle: ElementHandle<HTMLElement>;

  constructor(handle: ElementHandle<HTMLElement>) {
    this.#handle = handle;
  }

  async click(): Promise<void> {
    await this.#handle.click();
  }

  async evaluate<T>(script: (element: HTMLElement) => T): Promise<T | undefined> {
    return (await this.#handle.evaluate(script)) as T;
  }
}
