/** Encoded answers by what was asked, least recently used first; bounded in bytes. */

/** What an entry takes beside its bytes: about what the map and the objects need. */
const ENTRY_EXTRA_BYTES = 300;

export class AnswerCache<T extends { body: Uint8Array }> {
  readonly #bytesMax: number;
  readonly #answers = new Map<string, T>();
  #sizeBytes = 0;

  /** @param bytesMax - 0 keeps nothing. */
  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  get count(): number {
    return this.#answers.size;
  }

  get(key: string): T | undefined {
    const answer = this.#answers.get(key);
    if (answer !== undefined) {
      this.#answers.delete(key);
      this.#answers.set(key, answer);
    }
    return answer;
  }

  set(key: string, answer: T): void {
    const bytes = bytesOf(key, answer);
    // One that takes an eighth of the room costs more others than it is likely to be worth.
    if (bytes > this.#bytesMax / 8) {
      return;
    }
    this.delete(key);
    this.#answers.set(key, answer);
    this.#sizeBytes += bytes;
    for (const oldest of this.#answers.keys()) {
      if (this.#sizeBytes <= this.#bytesMax) {
        return;
      }
      this.delete(oldest);
    }
  }

  delete(key: string): void {
    const answer = this.#answers.get(key);
    if (answer !== undefined) {
      this.#answers.delete(key);
      this.#sizeBytes -= bytesOf(key, answer);
    }
  }

  clear(): void {
    this.#answers.clear();
    this.#sizeBytes = 0;
  }
}

function bytesOf(key: string, { body }: { body: Uint8Array }): number {
  return key.length + body.length + ENTRY_EXTRA_BYTES;
}
