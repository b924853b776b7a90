import { fromBinary } from "@bufbuild/protobuf";
import { type FileDescriptorProto, FileDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";
import { createClient, createRouterTransport } from "@connectrpc/connect";
import { describe, expect, test } from "vitest";
import { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";
import { Health } from "#proto/grpc/health/v1/health_pb.ts";
import { ServerReflection } from "#proto/grpc/reflection/v1/reflection_pb.ts";
import { ServerReflection as ServerReflectionAlpha } from "#proto/grpc/reflection/v1alpha/reflection_pb.ts";
import { reflectionServices } from "./reflection.ts";

const transport = createRouterTransport((router) => {
  const { v1, v1alpha } = reflectionServices([BookService, Health]);
  router.service(ServerReflection, v1);
  router.service(ServerReflectionAlpha, v1alpha);
});

type Request = NonNullable<Parameters<typeof ask>[0]>;

async function ask(
  messageRequest:
    | {
        case:
          | "listServices"
          | "fileByFilename"
          | "fileContainingSymbol"
          | "allExtensionNumbersOfType";
        value: string;
      }
    | {
        case: "fileContainingExtension";
        value: { containingType: string; extensionNumber: number };
      }
    | { case: undefined },
  service: typeof ServerReflection | typeof ServerReflectionAlpha = ServerReflection,
) {
  async function* requests() {
    yield { host: "h", messageRequest };
  }
  // The two versions have the same shape; TypeScript can't call a union of generic clients.
  const client = createClient(service as typeof ServerReflection, transport);
  for await (const response of client.serverReflectionInfo(requests())) {
    return response.messageResponse;
  }
  return undefined;
}

async function filesOf(request: Request): Promise<FileDescriptorProto[]> {
  const response = await ask(request);
  if (response?.case !== "fileDescriptorResponse") {
    throw new Error(`Not files but ${JSON.stringify(response)}`);
  }
  return response.value.fileDescriptorProto.map((bytes) =>
    fromBinary(FileDescriptorProtoSchema, bytes),
  );
}

describe("reflection", () => {
  test("knows the details of errors, so that clients can print them", async () => {
    for (const value of ["google.rpc.ErrorInfo", "google.rpc.BadRequest", "google.rpc.RetryInfo"]) {
      const [file] = await filesOf({ case: "fileContainingSymbol", value });
      expect(file?.name).toBe("google/rpc/error_details.proto");
    }
  });

  test.each([ServerReflection, ServerReflectionAlpha])(
    "lists the services: $typeName",
    async (service) => {
      const response = await ask({ case: "listServices", value: "" }, service);
      expect(response).toMatchObject({
        case: "listServicesResponse",
        value: {
          service: [{ name: "bookfinder.v1.BookService" }, { name: "grpc.health.v1.Health" }],
        },
      });
    },
  );

  test.each([
    "bookfinder.v1.BookService",
    "bookfinder.v1.BookService.SearchBooks",
    "bookfinder.v1.GetBookRequest",
    "bookfinder.v1.GetBookRequest.name",
  ])("finds the file of a symbol: %s", async (symbol) => {
    const [file] = await filesOf({ case: "fileContainingSymbol", value: symbol });
    expect(file?.name).toBe("bookfinder/v1/book_service.proto");
  });

  test("sends a file with everything that it imports", async () => {
    const files = await filesOf({
      case: "fileByFilename",
      value: "bookfinder/v1/book_service.proto",
    });
    const names = new Set(files.map(({ name }) => name));
    for (const file of files) {
      expect(file.dependency.filter((name) => !names.has(name))).toEqual([]);
    }
    expect(names).toContain("buf/validate/validate.proto");
    expect(names.size).toBe(files.length);
  });

  test("finds enum values and nested types", async () => {
    for (const symbol of [
      "bookfinder.v1.SearchOrder.SEARCH_ORDER_TITLE",
      "bookfinder.v1.Correction.Kind",
    ]) {
      const [file] = await filesOf({ case: "fileContainingSymbol", value: symbol });
      expect(file?.name).toBe("bookfinder/v1/search.proto");
    }
  });

  test("finds extensions", async () => {
    const containingType = "google.protobuf.MessageOptions";
    const numbers = await ask({ case: "allExtensionNumbersOfType", value: containingType });
    expect(numbers).toMatchObject({ value: { extensionNumber: [1159] } });
    const [file] = await filesOf({
      case: "fileContainingExtension",
      value: { containingType, extensionNumber: 1159 },
    });
    expect(file?.name).toBe("buf/validate/validate.proto");
  });

  test.each<Request>([
    { case: "fileByFilename", value: "etc/passwd" },
    { case: "fileContainingSymbol", value: "bookfinder.v1.Nothing" },
    { case: "fileContainingSymbol", value: "" },
    { case: "fileContainingSymbol", value: "bookfinder.v1.BookService.Nothing" },
    { case: "allExtensionNumbersOfType", value: "a.B" },
    { case: "fileContainingExtension", value: { containingType: "a.B", extensionNumber: 1 } },
  ])("says what is not here: $case $value", async (request) => {
    expect(await ask(request)).toMatchObject({ case: "errorResponse", value: { errorCode: 5 } });
  });

  test("refuses a request for nothing", async () => {
    expect(await ask({ case: undefined })).toMatchObject({ value: { errorCode: 3 } });
  });
});
