import type { HttpRequest, HttpResponse } from "#server/fast-path/exchange.ts";

export type { HttpRequest, HttpResponse, StreamHandler } from "#server/fast-path/exchange.ts";

/** Answers a request of either version. */
export type HttpHandler = (request: HttpRequest, response: HttpResponse) => void;
