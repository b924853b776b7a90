/** Most strings of a catalogue are this short; for those a loop beats a call into the runtime. */
const SHORT_STRING_CHARS = 40;
/** A buffer that one huge answer made larger than this is given back. */
const KEPT_BYTES_MAX = 1 << 20;
const START_BYTES = 1 << 16;
const VARINT_BYTES_MAX = 10;

/** Writes Protobuf's wire format into a buffer that is used again and again. */
export class ByteWriter {
  #buffer: Buffer = Buffer.allocUnsafe(START_BYTES);
  #end = 0;

  /** Begins anew, leaving so many bytes free in front. */
  start(headroomBytes: number): void {
    if (this.#buffer.length > KEPT_BYTES_MAX) {
      this.#buffer = Buffer.allocUnsafe(START_BYTES);
    }
    this.#end = headroomBytes;
  }

  /** What was written, with the headroom. */
  copy(): Buffer {
    const bytes = Buffer.allocUnsafe(this.#end);
    this.#buffer.copy(bytes, 0, 0, this.#end);
    return bytes;
  }

  /** A number from 0 to 2³²-1. */
  varint(value: number): void {
    this.#reserve(VARINT_BYTES_MAX);
    this.#end = putVarint(this.#buffer, this.#end, value);
  }

  /** An integer of up to 64 bits; negative ones take all ten bytes. */
  integer(value: number | bigint | string): void {
    if (typeof value === "number" && value >= 0 && value <= 0xffff_ffff) {
      this.varint(value);
      return;
    }
    let rest = BigInt.asUintN(64, BigInt(value));
    this.#reserve(VARINT_BYTES_MAX);
    while (rest > 0x7fn) {
      this.#buffer[this.#end++] = Number(rest & 0x7fn) | 0x80;
      rest >>= 7n;
    }
    this.#buffer[this.#end++] = Number(rest);
  }

  double(value: number): void {
    this.#reserve(8);
    this.#end = this.#buffer.writeDoubleLE(value, this.#end);
  }

  raw(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#buffer.set(bytes, this.#end);
    this.#end += bytes.length;
  }

  /** A string with its length in front. */
  string(text: string): void {
    // No code unit takes more than three bytes.
    this.#reserve(VARINT_BYTES_MAX + text.length * 3);
    const start = this.open();
    if (text.length <= SHORT_STRING_CHARS) {
      const buffer = this.#buffer;
      let end = this.#end;
      for (let index = 0; index < text.length; index += 1) {
        const code = text.charCodeAt(index);
        if (code > 0x7f) {
          // Not ASCII after all: the runtime writes it over what is there.
          end = this.#end + buffer.write(text, this.#end);
          break;
        }
        buffer[end++] = code;
      }
      this.#end = end;
    } else {
      this.#end += this.#buffer.write(text, this.#end);
    }
    this.close(start);
  }

  /** Begins something whose length stands in front of it; returns where. */
  open(): number {
    this.#reserve(1);
    // Nearly always the length fits into one byte.
    this.#end += 1;
    return this.#end;
  }

  /** Ends what began there. */
  close(start: number): void {
    const length = this.#end - start;
    if (length < 0x80) {
      this.#buffer[start - 1] = length;
      return;
    }
    const extraBytes = varintSize(length) - 1;
    this.#reserve(extraBytes);
    this.#buffer.copyWithin(start + extraBytes, start, this.#end);
    putVarint(this.#buffer, start - 1, length);
    this.#end += extraBytes;
  }

  #reserve(sizeBytes: number): void {
    if (this.#end + sizeBytes > this.#buffer.length) {
      const larger = Buffer.allocUnsafe(Math.max(this.#buffer.length * 2, this.#end + sizeBytes));
      this.#buffer.copy(larger, 0, 0, this.#end);
      this.#buffer = larger;
    }
  }
}

function putVarint(buffer: Buffer, offset: number, value: number): number {
  let end = offset;
  let rest = value;
  while (rest > 0x7f) {
    buffer[end++] = (rest & 0x7f) | 0x80;
    rest >>>= 7;
  }
  buffer[end++] = rest;
  return end;
}

function varintSize(value: number): number {
  return value < 0x80
    ? 1
    : value < 0x4000
      ? 2
      : value < 0x20_0000
        ? 3
        : value < 0x1000_0000
          ? 4
          : 5;
}
