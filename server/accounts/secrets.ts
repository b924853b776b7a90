/** Random secrets and how they are kept: as a hash, which is enough for 256 random bits. */
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** 256 random bits as 43 characters fit for headers and links. */
export function newSecret(): string {
  return randomBytes(32).toString("base64url");
}

/** A short random name that is no secret, e.g. "9f86d081". */
export function newId(byteCount: number): string {
  return randomBytes(byteCount).toString("hex");
}

/**
 * The form in which a secret is kept. SHA-256 is fast, which is right here and wrong for passwords:
 * nobody can try 2^256 secrets, and every call pays for it.
 */
export function hashSecret(secret: string): Buffer {
  return createHash("sha256").update(secret).digest();
}

/** Whether a secret is the kept one, in a time that tells nothing of how much of it was right. */
export function isSecret(secret: string, hash: Uint8Array): boolean {
  return timingSafeEqual(hashSecret(secret), hash);
}
