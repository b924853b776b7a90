/** The comments of the schema, by what they stand above. */
import type {
  DescEnum,
  DescEnumValue,
  DescField,
  DescFile,
  DescMessage,
  DescMethod,
  DescService,
} from "@bufbuild/protobuf";

export type Commented =
  | DescMessage
  | DescField
  | DescEnum
  | DescEnumValue
  | DescService
  | DescMethod;

/** Comments of a file by the numbers that lead to what they are about; see descriptor.proto. */
const known = new WeakMap<DescFile, ReadonlyMap<string, string>>();

/** The comment above a part of the schema, as it was written; empty if there is none. */
export function commentOf(part: Commented): string {
  const { file, path } = placeOf(part);
  let comments = known.get(file);
  if (comments === undefined) {
    const locations = file.proto.sourceCodeInfo?.location ?? [];
    comments = new Map(locations.map((each) => [each.path.join(), each.leadingComments]));
    known.set(file, comments);
  }
  return comments.get(path.join()) ?? "";
}

function placeOf(part: Commented): { file: DescFile; path: number[] } {
  switch (part.kind) {
    case "message": {
      const { parent, file } = part;
      if (parent === undefined) {
        return { file, path: [4, file.messages.indexOf(part)] };
      }
      return { file, path: [...placeOf(parent).path, 3, parent.nestedMessages.indexOf(part)] };
    }
    case "enum": {
      const { parent, file } = part;
      if (parent === undefined) {
        return { file, path: [5, file.enums.indexOf(part)] };
      }
      return { file, path: [...placeOf(parent).path, 4, parent.nestedEnums.indexOf(part)] };
    }
    case "service":
      return { file: part.file, path: [6, part.file.services.indexOf(part)] };
    case "enum_value":
      return within(part.parent, part.parent.values.indexOf(part));
    case "rpc":
      return within(part.parent, part.parent.methods.indexOf(part));
    default:
      return within(part.parent, part.parent.fields.indexOf(part));
  }
}

/** Fields, values and methods are all the second field of what they are in. */
function within(parent: Commented, index: number): { file: DescFile; path: number[] } {
  const { file, path } = placeOf(parent);
  return { file, path: [...path, 2, index] };
}
