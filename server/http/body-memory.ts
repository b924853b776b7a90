/**
 * What the body of a request takes in memory, at most.
 *
 * A piece of a body costs more than its bytes: each is an object with a buffer of its own, so a body
 * in pieces of one byte takes hundreds of times its length until it is read.
 */
import { hasPrefixes, PREFIX_BYTES } from "./whole-messages.ts";

/** What Node keeps for a piece besides its bytes (measured: 350 to 500). */
const PIECE_BYTES = 512;
/** Over so many pieces the mean length of a stream's pieces is taken. */
const MEAN_PIECES = 1024;

/** A body that is a stream of messages, each forgotten once it has been read. */
export type MessageBody = {
  readonly readable: { readonly readableLength: number };
  readonly contentType: string | undefined;
};

export type BodyMemoryOptions = {
  /** A body or message beyond this is read and forgotten, so that it holds no more than this. */
  maxBodyBytes: number;
  messages: MessageBody | undefined;
};

export class BodyMemory {
  readonly #options: BodyMemoryOptions;
  readonly #message: { readonly receivedBytes: number; add(piece: Uint8Array): void };
  /** Upper bound; exact after `recount`. */
  heldBytes = 0;
  #receivedBytes = 0;
  #meanPieceBytes = PIECE_BYTES;

  constructor(options: BodyMemoryOptions) {
    this.#options = options;
    this.#message = hasPrefixes(options.messages?.contentType)
      ? new PrefixedMessage()
      : new LineMessage();
  }

  /** Counts a piece that has arrived; returns how much more is held than before. */
  add(piece: Uint8Array): number {
    const { messages, maxBodyBytes } = this.#options;
    const isForgotten = messages === undefined && this.#receivedBytes > maxBodyBytes;
    this.#receivedBytes += piece.length;
    if (messages !== undefined) {
      this.#message.add(piece);
      this.#meanPieceBytes += (piece.length - this.#meanPieceBytes) / MEAN_PIECES;
    }
    const changeBytes = isForgotten ? 0 : piece.length + PIECE_BYTES;
    this.heldBytes += changeBytes;
    return changeBytes;
  }

  /** Of a stream only what is unread is held, and the message of which a part has come. */
  recount(): void {
    const { messages, maxBodyBytes } = this.#options;
    if (messages !== undefined) {
      const messageBytes = Math.min(this.#message.receivedBytes, maxBodyBytes);
      const unreadBytes = messages.readable.readableLength + messageBytes;
      const piecesCount = unreadBytes / Math.max(1, this.#meanPieceBytes);
      this.heldBytes = Math.min(this.heldBytes, unreadBytes + piecesCount * PIECE_BYTES);
    }
  }
}

/** A message on a line of its own. */
class LineMessage {
  /** Of the message that is not complete yet. */
  receivedBytes = 0;

  add(piece: Uint8Array): void {
    const end = piece.lastIndexOf(10) + 1;
    this.receivedBytes = end > 0 ? piece.length - end : this.receivedBytes + piece.length;
  }
}

/** A message with its length in front, as in gRPC, gRPC-web and the streams of Connect. */
class PrefixedMessage {
  /** Of the message that is not complete yet, its prefix included. */
  receivedBytes = 0;
  #lengthBytes = 0;

  add(piece: Uint8Array): void {
    let at = 0;
    while (at < piece.length) {
      if (this.receivedBytes < PREFIX_BYTES) {
        const isFlags = this.receivedBytes === 0;
        this.#lengthBytes = isFlags ? 0 : this.#lengthBytes * 256 + (piece[at] ?? 0);
        this.receivedBytes += 1;
        at += 1;
      } else {
        const missingBytes = PREFIX_BYTES + this.#lengthBytes - this.receivedBytes;
        const takenBytes = Math.min(missingBytes, piece.length - at);
        this.receivedBytes += takenBytes;
        at += takenBytes;
      }
      if (this.receivedBytes === PREFIX_BYTES + this.#lengthBytes) {
        this.receivedBytes = 0;
      }
    }
  }
}
