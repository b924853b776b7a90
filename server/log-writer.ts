import { write, writeSync } from "node:fs";

/** Lines that wait to be written; more are lost, and counted. */
const WAITING_CHARS_MAX = 4 << 20;
/** After a write has failed, the next is tried so much later. */
const RETRY_MS = 1000;

/**
 * Writes lines to a file descriptor beside the work: nobody waits for them, and what can't be
 * written (the reader has left, the disk is full, nobody empties the pipe) is lost and counted.
 *
 * pino's own destination does nearly that, but fails again when the process ends, for ever.
 */
export class LogWriter {
  readonly #fd: number;
  #waiting: string[] = [];
  #waitingChars = 0;
  #lostCount = 0;
  #isWriting = false;

  constructor(fd: number) {
    this.#fd = fd;
  }

  /** Takes a whole line. */
  write(line: string): void {
    if (this.#waitingChars + line.length > WAITING_CHARS_MAX) {
      this.#lostCount += 1;
      return;
    }
    this.#waiting.push(line);
    this.#waitingChars += line.length;
    this.#next();
  }

  /** How many lines were lost since this was last asked. */
  takeLostCount(): number {
    const count = this.#lostCount;
    this.#lostCount = 0;
    return count;
  }

  /** Writes what waits, once and without a complaint: the process is about to end. */
  flush(): void {
    try {
      writeSync(this.#fd, this.#waiting.join(""));
    } catch {
      // Nobody is left to tell.
    }
    this.#waiting = [];
  }

  #next(): void {
    if (this.#isWriting || this.#waiting.length === 0) {
      return;
    }
    this.#isWriting = true;
    const lines = this.#waiting;
    this.#waiting = [];
    this.#waitingChars = 0;
    this.#writeAll(Buffer.from(lines.join("")), lines.length);
  }

  #writeAll(bytes: Buffer, lineCount: number): void {
    write(this.#fd, bytes, (error, writtenBytes) => {
      const rest = bytes.subarray(error === null ? writtenBytes : 0);
      if (error === null && rest.length === 0) {
        this.#isWriting = false;
        this.#next();
      } else if (error === null) {
        this.#writeAll(rest, lineCount);
      } else {
        this.#lostCount += lineCount;
        setTimeout(() => {
          this.#isWriting = false;
          this.#next();
        }, RETRY_MS).unref();
      }
    });
  }
}
