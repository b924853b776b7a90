import { type Code, ConnectError } from "@connectrpc/connect";

/** An error that HTTP has a status of its own for, beside those of codes. */
export class HttpStatusError extends ConnectError {
  readonly httpStatus: number;

  constructor(httpStatus: number, message: string, code: Code) {
    super(message, code);
    this.httpStatus = httpStatus;
  }

  /** The same error with another status. */
  static of(httpStatus: number, error: ConnectError): HttpStatusError {
    const renamed = new HttpStatusError(httpStatus, error.rawMessage, error.code);
    renamed.details = error.details;
    for (const [name, value] of error.metadata) renamed.metadata.append(name, value);
    return renamed;
  }
}
