/**
 * gRPC server reflection, v1 and v1alpha: tells `grpcurl`, `buf curl` and their like what is served
 * here. The two versions have the same messages under different names, so one function answers both.
 */
import {
  createRegistry,
  type DescFile,
  type DescService,
  type MessageInitShape,
  type Registry,
  toBinary,
} from "@bufbuild/protobuf";
import { FileDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";
import { Code, type ServiceImpl } from "@connectrpc/connect";
import { file_google_rpc_error_details } from "#proto/google/rpc/error_details_pb.ts";
import type {
  ServerReflection,
  ServerReflectionRequest,
  ServerReflectionResponseSchema,
} from "#proto/grpc/reflection/v1/reflection_pb.ts";
import type { ServerReflection as ServerReflectionAlpha } from "#proto/grpc/reflection/v1alpha/reflection_pb.ts";

type Request = Pick<ServerReflectionRequest, "host" | "messageRequest">;
type Response = NonNullable<
  MessageInitShape<typeof ServerReflectionResponseSchema>["messageResponse"]
>;

type Implementations = {
  v1: Pick<ServiceImpl<typeof ServerReflection>, "serverReflectionInfo">;
  v1alpha: Pick<ServiceImpl<typeof ServerReflectionAlpha>, "serverReflectionInfo">;
};

/**
 * Answers reflection, in both versions, for these services, everything their files import, and the
 * details of errors.
 */
export function reflectionServices(services: readonly DescService[]): Implementations {
  const index = new DescriptorIndex(services);
  const v1: Implementations["v1"] = {
    async *serverReflectionInfo(requests: AsyncIterable<Request>) {
      for await (const request of requests) {
        yield {
          validHost: request.host,
          originalRequest: { host: request.host, messageRequest: request.messageRequest },
          messageResponse: answer(index, request.messageRequest),
        };
      }
    },
  };
  // The two differ in the package of their messages only, which plain initialisers don't name.
  return { v1, v1alpha: v1 as unknown as Implementations["v1alpha"] };
}

function answer(index: DescriptorIndex, request: Request["messageRequest"]): Response {
  switch (request.case) {
    case "listServices":
      return {
        case: "listServicesResponse",
        value: { service: index.serviceNames.map((name) => ({ name })) },
      };
    case "fileByFilename":
      return fileAnswer(index, index.fileNamed(request.value), `file "${request.value}"`);
    case "fileContainingSymbol":
      return fileAnswer(index, index.fileOfSymbol(request.value), `symbol "${request.value}"`);
    case "fileContainingExtension": {
      const { containingType, extensionNumber } = request.value;
      const file = index.fileOfExtension(containingType, extensionNumber);
      return fileAnswer(index, file, `extension ${extensionNumber} of "${containingType}"`);
    }
    case "allExtensionNumbersOfType": {
      const numbers = index.extensionNumbers(request.value);
      return numbers === undefined
        ? notFound(`message "${request.value}"`)
        : {
            case: "allExtensionNumbersResponse",
            value: { baseTypeName: request.value, extensionNumber: numbers },
          };
    }
    default:
      return {
        case: "errorResponse",
        value: { errorCode: Code.InvalidArgument, errorMessage: "The request asks for nothing" },
      };
  }
}

function fileAnswer(index: DescriptorIndex, file: DescFile | undefined, what: string): Response {
  return file === undefined
    ? notFound(what)
    : {
        case: "fileDescriptorResponse",
        value: { fileDescriptorProto: index.withImports(file) },
      };
}

function notFound(what: string): Response {
  return {
    case: "errorResponse",
    value: { errorCode: Code.NotFound, errorMessage: `There is no ${what} here` },
  };
}

/** Finds files of the schema by what is in them. */
class DescriptorIndex {
  readonly serviceNames: string[];
  readonly #files: ReadonlySet<DescFile>;
  readonly #registry: Registry;
  readonly #encoded = new Map<DescFile, Uint8Array[]>();

  constructor(services: readonly DescService[]) {
    this.serviceNames = services.map((service) => service.typeName).sort();
    // Errors bring their details in messages that no service names.
    const files = [...services.map((service) => service.file), file_google_rpc_error_details];
    this.#files = new Set(files.flatMap((file) => [...importsOf(file)]));
    this.#registry = createRegistry(...this.#files);
  }

  fileNamed(name: string): DescFile | undefined {
    // Descriptors of protobuf-es have no ".proto" at the end of their names.
    return [...this.#files].find((file) => file.proto.name === name);
  }

  /** The file of a message, enum, service or extension, or of one of its fields, values, methods. */
  fileOfSymbol(symbol: string): DescFile | undefined {
    const found = this.#registry.get(symbol);
    if (found !== undefined) {
      return found.file;
    }
    const parent = this.#registry.get(symbol.slice(0, Math.max(0, symbol.lastIndexOf("."))));
    const name = symbol.slice(symbol.lastIndexOf(".") + 1);
    return parent !== undefined && memberNames(parent).includes(name) ? parent.file : undefined;
  }

  fileOfExtension(typeName: string, number: number): DescFile | undefined {
    const message = this.#registry.getMessage(typeName);
    return message && this.#registry.getExtensionFor(message, number)?.file;
  }

  /** Undefined if there is no such message. */
  extensionNumbers(typeName: string): number[] | undefined {
    if (this.#registry.getMessage(typeName) === undefined) {
      return undefined;
    }
    const numbers: number[] = [];
    for (const type of this.#registry) {
      if (type.kind === "extension" && type.extendee.typeName === typeName) {
        numbers.push(type.number);
      }
    }
    return numbers.sort((a, b) => a - b);
  }

  /** The file and everything it imports, encoded; the file itself is first. */
  withImports(file: DescFile): Uint8Array[] {
    let encoded = this.#encoded.get(file);
    if (encoded === undefined) {
      encoded = [...importsOf(file)].map((each) => toBinary(FileDescriptorProtoSchema, each.proto));
      this.#encoded.set(file, encoded);
    }
    return encoded;
  }
}

function importsOf(file: DescFile, seen: Set<DescFile> = new Set()): Set<DescFile> {
  if (!seen.has(file)) {
    seen.add(file);
    for (const dependency of file.dependencies) {
      importsOf(dependency, seen);
    }
  }
  return seen;
}

function memberNames(type: NonNullable<ReturnType<Registry["get"]>>): string[] {
  switch (type.kind) {
    case "message":
      return [...type.fields, ...type.oneofs].map((member) => member.name);
    case "enum":
      return type.values.map((value) => value.name);
    case "service":
      return type.methods.map((method) => method.name);
    case "extension":
      return [];
  }
}
