import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { expect } from "@playwright/test";
import { Builder, error, Key, type WebDriver, type WebElement } from "selenium-webdriver";
import { freePort } from "../own-server.ts";
import type { Engine, EngineElement, EngineKey, EnginePage, Role } from "./engine-page.ts";

/** As large as the widest window of the tests, and its title bar. */
const screen = "2600x1700x24";

/** WebKitGTK and the small browser that its driver brings, on a display of their own. */
export async function startWebKit(driverPath: string): Promise<Engine> {
  await using started = new AsyncDisposableStack();
  const home = await mkdtemp(join(tmpdir(), "bookfinder-webkit-"));
  started.defer(() => rm(home, { recursive: true, force: true }));
  await letWindowsBeNarrow(home);
  const display = spawn("Xvfb", ["-displayfd", "3", "-screen", "0", screen, "-nolisten", "tcp"], {
    stdio: ["ignore", "ignore", "ignore", "pipe"],
  });
  started.defer(() => end(display));
  const displayNumber = await firstLine(display.stdio[3]);
  const port = await freePort();
  const driver = spawn(driverPath, [`--port=${port}`], {
    env: { ...process.env, DISPLAY: `:${displayNumber}`, XDG_CONFIG_HOME: home },
    stdio: "ignore",
  });
  started.defer(() => end(driver));
  const address = `http://127.0.0.1:${port}`;
  await expect.poll(() => isReady(address), "the driver of WebKit answers").toBe(true);
  const running = started.move();
  return {
    newPage: async (baseUrl) => {
      const session = await new Builder()
        .usingServer(address)
        .withCapabilities({ browserName: "MiniBrowser" })
        .build();
      return new WebKitPage(session, baseUrl);
    },
    close: () => running.disposeAsync(),
  };
}

/** The buttons beside its address would keep the window from being narrower than 450 pixels. */
async function letWindowsBeNarrow(home: string): Promise<void> {
  const style = "* { min-width: 0; min-height: 0; margin: 0; padding: 0; font-size: 1px; }";
  for (const version of ["gtk-3.0", "gtk-4.0"]) {
    await mkdir(join(home, version));
    await writeFile(join(home, version, "gtk.css"), style);
  }
}

async function firstLine(stream: ChildProcess["stdio"][number]): Promise<string> {
  if (!(stream instanceof Readable)) {
    throw new Error("Xvfb was started without a pipe for the number of its display");
  }
  const [line] = await once(createInterface(stream), "line");
  return line;
}

async function isReady(address: string): Promise<boolean> {
  const answer = await fetch(`${address}/status`).catch(() => undefined);
  return answer?.ok === true;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.kill()) {
    await once(child, "exit");
  }
}

/** Where elements of a role may be found; which of them are, the browser says. */
const candidates: Readonly<Record<Role, string>> = {
  alert: "[role=alert]",
  button: "button, summary, [role=button]",
  checkbox: "input[type=checkbox]",
  combobox: "[role=combobox], select",
  complementary: "aside",
  dialog: "dialog, [role=dialog]",
  group: "fieldset, [role=group]",
  heading: "h1, h2, h3",
  link: "a[href]",
  list: "ul, ol",
  listbox: "[role=listbox]",
  option: "[role=option]",
  radio: "input[type=radio]",
  region: "section",
  status: "output, [role=status]",
};

const keys: Readonly<Record<EngineKey, string>> = {
  Tab: Key.TAB,
  Enter: Key.ENTER,
  Escape: Key.ESCAPE,
  ArrowDown: Key.ARROW_DOWN,
};

/** Each element costs two calls, so those without a word of the name are not asked about. */
const likelyElements = (selector: string, name: string): HTMLElement[] => {
  const [word = ""] = name.split(" ", 1);
  const sources = (element: HTMLElement) => [
    element,
    ...((element as HTMLInputElement).labels ?? []),
    document.getElementById(element.getAttribute("aria-labelledby") ?? ""),
  ];
  return [...document.querySelectorAll<HTMLElement>(selector)].filter(
    (element) =>
      element.checkVisibility({ visibilityProperty: true }) &&
      sources(element).some((source) =>
        `${source?.ariaLabel} ${source?.textContent}`.includes(word),
      ),
  );
};

class WebKitPage implements EnginePage {
  /** The driver has no log. */
  readonly complaints: readonly string[] = [];
  readonly #driver: WebDriver;
  readonly #baseUrl: string;

  constructor(driver: WebDriver, baseUrl: string) {
    this.#driver = driver;
    this.#baseUrl = baseUrl;
  }

  async open(address: string): Promise<void> {
    await this.#driver.get(this.#baseUrl + address);
  }

  async resize(width: number, height: number): Promise<void> {
    await this.#driver.manage().window().setRect({ x: 0, y: 0, width, height });
    await this.#driver.wait(
      async () => (await this.evaluate(() => window.innerWidth)) === width,
      5000,
      `The window does not become ${width} px wide`,
    );
  }

  async back(): Promise<void> {
    await this.#driver.navigate().back();
  }

  async find(role: Role, name?: string): Promise<EngineElement[]> {
    const shown: WebElement[] = await this.#driver.executeScript(
      likelyElements,
      candidates[role],
      name ?? "",
    );
    const found: EngineElement[] = [];
    for (const element of shown) {
      if (await this.#isCalled(element, role, name)) {
        found.push(new WebKitElement(this.#driver, element));
      }
    }
    return found;
  }

  async #isCalled(element: WebElement, role: Role, name?: string): Promise<boolean> {
    try {
      const isNamed = name === undefined || (await element.getAccessibleName()) === name;
      return isNamed && (await element.getAriaRole()) === role;
    } catch (failure) {
      // The page may have removed it since, which the driver says in words or only by failing.
      if (failure instanceof error.WebDriverError) {
        return false;
      }
      throw failure;
    }
  }

  async type(text: string): Promise<void> {
    await this.#driver.actions().sendKeys(text).perform();
  }

  async press(key: EngineKey): Promise<void> {
    await this.#driver.actions().sendKeys(keys[key]).perform();
  }

  evaluate<T>(script: () => T): Promise<T> {
    return this.#driver.executeScript(script);
  }

  async inject(source: string): Promise<void> {
    await this.#driver.executeScript(source);
  }

  async close(): Promise<void> {
    await this.#driver.quit();
  }
}

class WebKitElement implements EngineElement {
  readonly #driver: WebDriver;
  readonly #element: WebElement;

  constructor(driver: WebDriver, element: WebElement) {
    this.#driver = driver;
    this.#element = element;
  }

  async click(): Promise<void> {
    await this.#element.click();
  }

  async evaluate<T>(script: (element: HTMLElement) => T): Promise<T | undefined> {
    try {
      return await this.#driver.executeScript(script, this.#element);
    } catch (failure) {
      if (failure instanceof error.StaleElementReferenceError) {
        return undefined;
      }
      throw failure;
    }
  }
}
