import { setImmediate as nextTurn } from "node:timers/promises";
import type { MessageInitShape } from "@bufbuild/protobuf";
import type { FieldMask } from "@bufbuild/protobuf/wkt";
import type { HandlerContext, ServiceImpl } from "@connectrpc/connect";
import type { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";
import type { Edition } from "#proto/bookfinder/v1/edition_pb.ts";
import {
  type ImportBooksRequest,
  type ImportBooksResponseSchema,
  type ImportRow,
  ImportRowSchema,
  type RefusedRowSchema,
} from "#proto/bookfinder/v1/import_pb.ts";
import { BadRequestSchema, ErrorInfoSchema } from "#proto/google/rpc/error_details_pb.ts";
import type { AppContext } from "#server/context.ts";
import type { BatchOutcome, BatchRow } from "#server/edits/batch-writer.ts";
import type { EditionPatch } from "#server/edits/edit.ts";
import type { WriteContext } from "#server/edits/record-write.ts";
import { BadFieldError } from "#server/edits/write-errors.ts";
import { isOurFault, toConnectError } from "../errors.ts";
import { requiredTitle, toWorkPatch } from "../mapping/written-book.ts";
import { toEditionPatch } from "../mapping/written-edition.ts";
import { validateRequest } from "../validation.ts";
import { checkedName, requiredMessage, within, writeContextOf } from "../write-context.ts";

type Method = ServiceImpl<typeof BookService>["importBooks"];
type Summary = Required<
  Omit<MessageInitShape<typeof ImportBooksResponseSchema>, "$typeName" | "$unknown">
>;
type RefusedRow = MessageInitShape<typeof RefusedRowSchema>;
type Problem = { index: number; error: unknown };

/** So many are named; the summary must fit into a message, whatever came in. */
const REFUSED_ROWS_MAX = 1000;
/** After so many rows others have their turn: some milliseconds. */
const ROWS_PER_TURN = 100;

const bookNamePattern = /^books\/(OL[1-9][0-9]{0,9}[WM])$/;

/** Writes the books that stream in, batch by batch, and sums up. */
export function importBooks(services: AppContext): Method {
  return async (batches, context) => {
    const summary = emptySummary();
    const refused: RefusedRow[] = [];
    let rowCount = 0;
    let requestId = "";
    for await (const batch of batches) {
      // The next batch is read when this one is written, so that a fast caller waits.
      requestId = batch.requestId || requestId;
      const write = writeContextOf({ requestId, validateOnly: batch.validateOnly }, context);
      const outcome = await writeBatch(batch, write, services, context);
      addOutcome(summary, outcome, batch.rows.length);
      if (outcome.kind === "refused") {
        const batchIndex = summary.batchCount - 1;
        const room = REFUSED_ROWS_MAX - refused.length;
        for (const { index, error } of outcome.problems.slice(0, room)) {
          refused.push({ ...toRefusal(error), index: rowCount + index, batchIndex });
        }
      }
      rowCount += batch.rows.length;
    }
    return { ...summary, refusedRows: refused };
  };
}

type RefusedBatch = { kind: "refused"; problems: Problem[] };

async function writeBatch(
  { rows, updateMask }: ImportBooksRequest,
  write: WriteContext,
  services: AppContext,
  { signal }: HandlerContext,
): Promise<Exclude<BatchOutcome, { kind: "refused" }> | RefusedBatch> {
  const read: BatchRow[] = [];
  const problems: Problem[] = [];
  /** Of the rows that can be read, which they are in the batch. */
  const places: number[] = [];
  for (const [index, row] of rows.entries()) {
    if (index % ROWS_PER_TURN === 0) {
      await nextTurn();
      signal.throwIfAborted();
    }
    try {
      read.push(await toBatchRow(row, updateMask, services));
      places.push(index);
    } catch (error) {
      if (isOurFault(toConnectError(error).code)) {
        throw error;
      }
      problems.push({ index, error });
    }
  }
  // The others are only tried then, so that the caller hears of all that is wrong at once.
  const validateOnly = write.validateOnly || problems.length > 0;
  const outcome = await services.edits.writeBatch(read, { ...write, validateOnly });
  if (outcome.kind === "refused") {
    for (const { index, error } of outcome.problems) {
      problems.push({ index: places[index] ?? 0, error });
    }
  }
  return problems.length === 0 && outcome.kind !== "refused"
    ? outcome
    : { kind: "refused", problems: problems.sort((a, b) => a.index - b.index) };
}

async function toBatchRow(
  row: ImportRow,
  updateMask: FieldMask | undefined,
  { catalog, edits, now }: AppContext,
): Promise<BatchRow> {
  validateRequest(ImportRowSchema, row);
  const book = requiredMessage("book", row.book);
  const nowYear = now().getUTCFullYear();
  const isNew = book.name === "";
  if (isNew) {
    requiredTitle("book.title", book.title);
  }
  const editions = await Promise.all(
    row.editions.map((edition, index) =>
      within(`editions[${index}]`, () => toAddedEdition(edition, nowYear)),
    ),
  );
  const mask = isNew ? undefined : updateMask;
  const patch = await within("book", () => toWorkPatch(book, mask, { catalog, nowYear }));
  if (isNew) {
    return { target: undefined, patch, etag: "", editions };
  }
  const [key = ""] = checkedName("book.name", book.name, bookNamePattern, "books/OL27448W");
  return { target: await edits.bookTarget(key), patch, etag: book.etag, editions };
}

function toAddedEdition(edition: Edition, nowYear: number): EditionPatch {
  if (edition.name !== "") {
    throw new BadFieldError(
      "name",
      "must be empty: an import only adds editions; change those that are there with UpdateEdition",
    );
  }
  return toEditionPatch(edition, undefined, nowYear);
}

function emptySummary(): Summary {
  return {
    createdCount: 0,
    updatedCount: 0,
    unchangedCount: 0,
    repeatedCount: 0,
    refusedCount: 0,
    refusedRows: [],
    batchCount: 0,
  };
}

function addOutcome(summary: Summary, outcome: BatchOutcome | RefusedBatch, rowCount: number) {
  summary.batchCount += 1;
  switch (outcome.kind) {
    case "written":
      for (const row of outcome.rows) {
        summary[`${row}Count`] += 1;
      }
      break;
    case "repeated":
      summary.repeatedCount += rowCount;
      break;
    case "refused":
      summary.refusedCount += rowCount;
      break;
    default:
      outcome satisfies never;
  }
}

function toRefusal(error: unknown): RefusedRow {
  const refusal = toConnectError(error);
  const detailOf = (typeName: string) =>
    refusal.details.find((detail) => "desc" in detail && detail.desc.typeName === typeName);
  // Both are made by apiError(), with their fields.
  const info = detailOf(ErrorInfoSchema.typeName) as { value: { reason: string } } | undefined;
  const bad = detailOf(BadRequestSchema.typeName) as
    | { value: { fieldViolations: { field: string }[] } }
    | undefined;
  return {
    reason: info?.value.reason ?? "",
    message: refusal.rawMessage,
    field: bad?.value.fieldViolations[0]?.field ?? "",
  };
}
