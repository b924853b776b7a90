import { setImmediate as nextTurn } from "node:timers/promises";
import type { MessageInitShape } from "@bufbuild/protobuf";
import type { ServiceImpl } from "@connectrpc/connect";
import type { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";
import {
  MatchBooksResponse_Verdict,
  type MatchBooksResponseSchema,
  MatchEvidence_Agreement,
} from "#proto/bookfinder/v1/match_pb.ts";
import type { Agreement, RowMatches, Verdict } from "#server/catalog/list-row.ts";
import type { AppContext } from "#server/context.ts";
import { mapInOrder } from "../map-in-order.ts";
import { toBook } from "../mapping/book.ts";
import { bookFields } from "../mapping/book-field.ts";
import { patientSearcher } from "../patient-search.ts";

type Method = ServiceImpl<typeof BookService>["matchBooks"];

/** Rows of one call that are being looked for at a time: enough for each of several search processes. */
const ROWS_AT_ONCE = 8;

/** Matches a list with the catalogue, row by row. */
export function matchBooks({ catalog }: AppContext): Method {
  const searcher = patientSearcher(catalog);
  return (rows, { signal }) =>
    mapInOrder(rows, ROWS_AT_ONCE, async (row, index) => {
      // Between two rows other calls have their turn, and a caller who has left is noticed.
      await nextTurn();
      signal.throwIfAborted();
      const { citation, isbn, title, author, year } = row;
      const listed = { citation, isbn, title, author, year };
      return toMatchBooksResponse(row.id, index, await searcher.match(listed, { signal }));
    });
}

function toMatchBooksResponse(
  id: string,
  index: number,
  { verdict, matches, problem }: RowMatches,
): MessageInitShape<typeof MatchBooksResponseSchema> {
  return {
    id,
    index,
    verdict: verdicts[verdict],
    problem,
    matches: matches.map(({ work, confidence, evidence }) => ({
      book: toBook(work),
      // Four places say all that there is to say, and make JSON readable.
      confidence: Math.round(confidence * 10_000) / 10_000,
      evidence: evidence.map(({ field, agreement, text }) => ({
        field: bookFields[field],
        agreement: agreements[agreement],
        text,
      })),
    })),
  };
}

const verdicts: Record<Verdict, MatchBooksResponse_Verdict> = {
  matched: MatchBooksResponse_Verdict.MATCHED,
  uncertain: MatchBooksResponse_Verdict.UNCERTAIN,
  notFound: MatchBooksResponse_Verdict.NOT_FOUND,
};

const agreements: Record<Agreement, MatchEvidence_Agreement> = {
  exact: MatchEvidence_Agreement.EXACT,
  close: MatchEvidence_Agreement.CLOSE,
  different: MatchEvidence_Agreement.DIFFERENT,
};
