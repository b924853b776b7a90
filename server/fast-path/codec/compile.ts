/**
 * What the encoders of answers have in common. Both walk a schema once and keep a function per field,
 * and take what a method returns (plain objects) as it is: making messages of it first, and looking
 * every field up by reflection, as the library does, costs several times as much (bench/protocols).
 */
import { type DescField, type DescMessage, isMessage, type Message } from "@bufbuild/protobuf";
import { FeatureSet_FieldPresence } from "@bufbuild/protobuf/wkt";
import type { MessageLike } from "#server/rpc/unary.ts";

/** A value of a oneof. */
export type OneofLike = { case?: string; value?: unknown } | undefined;

/** True if a message has something in it that only the library knows how to write. */
export function hasUnknownFields(value: MessageLike): boolean {
  return isMessage(value) && ((value as Message).$unknown?.length ?? 0) > 0;
}

/** True if the field is written when it was set, even to its default. */
export function hasPresence(field: DescField): boolean {
  return field.presence !== FeatureSet_FieldPresence.IMPLICIT;
}

/** Compiles each schema once; recursive ones find themselves. */
export class CompiledSchemas<T extends object> {
  readonly #compiled = new Map<DescMessage, T>();
  readonly #make: () => T;
  readonly #fill: (schema: DescMessage, empty: T) => void;

  /**
   * @param make - Makes the empty result, which fields of the same type may already refer to.
   * @param fill - Fills it in.
   */
  constructor(make: () => T, fill: (schema: DescMessage, empty: T) => void) {
    this.#make = make;
    this.#fill = fill;
  }

  get(schema: DescMessage): T {
    let compiled = this.#compiled.get(schema);
    if (compiled === undefined) {
      compiled = this.#make();
      this.#compiled.set(schema, compiled);
      this.#fill(schema, compiled);
    }
    return compiled;
  }
}
