/**
 * How methods are mapped to HTTP, read out of their `google.api.http` options: the rules are those of
 * google/api/http.proto, without `**` and `custom`, which no method here uses.
 */
import {
  type DescMessage,
  type DescMethod,
  type DescService,
  getOption,
  hasOption,
} from "@bufbuild/protobuf";
import { http } from "#proto/google/api/annotations_pb.ts";
import type { HttpRule } from "#proto/google/api/http_pb.ts";
import type { HttpMethod } from "../rest-route.ts";
import { type PathTemplate, parseTemplate } from "./path-template.ts";

/** One way to call a method over HTTP. */
export type HttpBinding = {
  rpc: DescMethod;
  httpMethod: HttpMethod;
  template: PathTemplate;
  /** Name of the request's field that the body holds, "*" for all fields, empty for no body. */
  body: string;
  /** Name of the response's field that is answered; empty for the whole response. */
  responseBody: string;
};

/** All ways to call the methods of these services, in the order of the schema. */
export function httpBindings(services: readonly DescService[]): HttpBinding[] {
  return services.flatMap(({ methods }) =>
    methods.flatMap((rpc) => {
      if (!hasOption(rpc, http)) {
        return [];
      }
      const rule = getOption(rpc, http);
      return [rule, ...rule.additionalBindings].map((each) => toBinding(rpc, each, rule));
    }),
  );
}

function toBinding(rpc: DescMethod, { pattern, body }: HttpRule, first: HttpRule): HttpBinding {
  const { case: name, value: path } = pattern;
  if (name === undefined || name === "custom") {
    throw new Error(`${rpc.name} has an HTTP rule without a path, or of a kind that is not served`);
  }
  const httpMethod = name.toUpperCase() as HttpMethod;
  return { rpc, httpMethod, template: parseTemplate(path), body, responseBody: first.responseBody };
}

/**
 * Where in the request the etag stands that a write is bound to: of the resource in its body, or of its
 * own; undefined for what reads, makes something, or writes what has no etag.
 */
export function etagPath({ httpMethod, rpc, body }: HttpBinding): string[] | undefined {
  if (httpMethod === "GET" || (httpMethod === "POST" && body !== "")) {
    return undefined;
  }
  const resource = rpc.input.fields.find(({ name }) => name === body);
  return hasEtag(resource?.message ?? rpc.input)
    ? [...(resource === undefined ? [] : [resource.jsonName]), "etag"]
    : undefined;
}

/**
 * Whether a write must say what it overwrites. What is deleted can't be read, so who brings it back need
 * not.
 */
export function needsCondition(binding: HttpBinding): boolean {
  return etagPath(binding) !== undefined && binding.httpMethod !== "POST";
}

/** The message that is answered. */
export function answered({ rpc, responseBody }: HttpBinding): DescMessage {
  return rpc.output.fields.find(({ name }) => name === responseBody)?.message ?? rpc.output;
}

export function hasEtag({ fields }: DescMessage): boolean {
  return fields.some(({ name }) => name === "etag");
}
