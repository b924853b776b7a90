/**
 * The folder of an import in progress: a manifest that says what is being imported, and files that
 * appear under their names when they are complete, so that a killed import continues from what is
 * there. A different import (other inputs, other options, other code) starts with an empty folder.
 */
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  unlinkSync,
} from "node:fs";
import { join } from "node:path";
import { writeDurably } from "../whole-files.ts";

export class WorkFolder {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
    mkdirSync(path, { recursive: true });
  }

  file(name: string): string {
    return join(this.path, name);
  }

  has(name: string): boolean {
    return existsSync(this.file(name));
  }

  /** Names of finished files that end with `suffix`, sorted. */
  list(suffix: string): string[] {
    return readdirSync(this.path)
      .filter((name) => name.endsWith(suffix))
      .sort();
  }

  /** The JSON of a finished file; undefined if there is none. */
  readJson<T>(name: string): T | undefined {
    if (!this.has(name)) {
      return undefined;
    }
    // Written by writeJson() of the same version: the manifest vouches for that.
    return JSON.parse(readFileSync(this.file(name), "utf8")) as T;
  }

  writeJson(name: string, value: unknown): void {
    writeDurably(this.file(name), Buffer.from(JSON.stringify(value)));
  }

  remove(name: string): void {
    if (this.has(name)) {
      unlinkSync(this.file(name));
    }
  }

  /** Removes what a killed process left unfinished: parts of files, and segments without their note. */
  removeUnfinished(): void {
    for (const name of this.list(".part")) {
      this.remove(name);
    }
    for (const name of [...this.list(".works"), ...this.list(".authors")]) {
      if (!this.has(name.replace(/\.\w+$/, ".segment"))) {
        this.remove(name);
      }
    }
  }

  removeAllBut(...kept: readonly string[]): void {
    for (const name of this.list("").filter((each) => !kept.includes(each))) {
      this.remove(name);
    }
  }

  sizeBytes(): number {
    return readdirSync(this.path).reduce((sum, name) => sum + statSync(this.file(name)).size, 0);
  }

  clear(): void {
    rmSync(this.path, { recursive: true, force: true });
    mkdirSync(this.path, { recursive: true });
  }

  delete(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
