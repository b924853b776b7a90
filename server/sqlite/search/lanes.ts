/**
 * Candidates from the index, each lane a bounded walk down the works in order of popularity.
 * A walk goes window by window and looks at the clock in between, so that words which are all common
 * and never meet cost milliseconds instead of the whole index.
 */
import { Candidate } from "#server/catalog/ranking/candidate.ts";
import type { ReadDatabase, SqlValue } from "../database.ts";
import { ROWID_GAP } from "../schema.ts";
import { ALL_WORKS_WINDOW, idsOfAllWorks, isOfAllWorks } from "./all-works.ts";
import { threadTime } from "./thread-clock.ts";

/** Entries of lists in the first window, about a millisecond of walking; each next one has twice as many. */
const FIRST_WINDOW_ENTRIES = 50_000;
/** Where it is not known how long the lists are. */
const USUAL_DENSITY = 0.2;
const MIN_WINDOW_WORKS = 25_000;
const MAX_WINDOW_GROWTH = 4;

/** A disk so slow, or a machine so busy, that a poorer answer is better than none. */
const LONGEST_WAIT_MS = 2_000;

/** What one walk may use of the time for all, so that words which never meet leave some for others. */
const LANE_SHARE = 1 / 3;

const columns =
  "ranking.id, ranking.titles, ranking.authors, ranking.series, ranking.popularity, " +
  "ranking.demotion, ranking.duplicate";

/** A candidate with what the engine needs beside ranking. */
export class LaneCandidate extends Candidate {
  readonly duplicate: number;
  readonly lanes = new Set<string>();

  constructor(row: readonly SqlValue[]) {
    super({
      id: Number(row[0]),
      titles: String(row[1]),
      authors: String(row[2]),
      series: String(row[3]),
      popularity: Number(row[4]),
      demoted: Number(row[5]) !== 0,
    });
    this.duplicate = Number(row[6]);
  }
}

export type Lane = {
  name: string;
  /** FTS5 expression. */
  expression: string;
  limit: number;
  /** Entries of the expression's lists for each work that a walk passes; see densityOf(). */
  density?: number;
  /** Bit n: every match has word n of the query. */
  indexedWords: number;
  titleKeyRange?: { start: number; end: number };
};

export class Lanes {
  readonly candidates = new Map<number, LaneCandidate>();
  /** True if a walk stopped at the deadline: candidates may be missing. */
  expired = false;
  #database: ReadDatabase;
  readonly workCount: number;
  #deadline: number;
  /** Expressions that were walked to the end, and how many works match. */
  #walked = new Map<string, number>();
  #laneMs: number;
  #latest = performance.now() + LONGEST_WAIT_MS;

  /** `deadline` as of threadTime(). */
  constructor(database: ReadDatabase, workCount: number, deadline: number) {
    this.#database = database;
    this.workCount = workCount;
    this.#deadline = deadline;
    this.#laneMs = Math.max(0, deadline - threadTime()) * LANE_SHARE;
  }

  /** Runs a lane; returns how many works it matched, at most its limit. */
  run(lane: Lane): number {
    const walked = this.#walked.get(lane.expression);
    // All that match are candidates already.
    if (walked !== undefined) return Math.min(walked, lane.limit);
    let found = 0;
    const ended = this.#walk(
      (from, to, limit) => {
        const rows = this.#database.rows(
          `SELECT ${columns} FROM words JOIN ranking ON ranking.id = words.rowid ` +
            "WHERE words MATCH ? AND words.rowid > ? AND words.rowid <= ? LIMIT ?",
          lane.expression,
          from,
          to,
          limit,
        );
        for (const row of rows) this.#add(row, lane);
        found += rows.length;
        return rows.length;
      },
      { limit: lane.limit, firstWindow: windowOf(lane.density ?? USUAL_DENSITY) },
    );
    if (ended) this.#walked.set(lane.expression, found);
    return found;
  }

  /** Adds works by id, for lanes outside the index of words. */
  addWorks(ids: readonly number[], lane: Omit<Lane, "expression" | "limit">): void {
    for (const id of ids) {
      const row = this.#database.row(`SELECT ${columns} FROM ranking WHERE id = ?`, id);
      if (row !== undefined) this.#add(row, lane);
    }
  }

  /** Ids of matches after `afterId`, most popular first; of all works for an empty expression. */
  ids(expression: string, limit: number, afterId = 0): number[] {
    const ids: number[] = [];
    const all = isOfAllWorks(expression);
    this.#walk(
      (from, to, room) => {
        const found = all
          ? idsOfAllWorks(this.#database, expression, { from, to, limit: room })
          : this.#database.numbers(
              "SELECT rowid FROM words WHERE words MATCH ? AND rowid > ? AND rowid <= ? LIMIT ?",
              expression,
              from,
              to,
              room,
            );
        ids.push(...found);
        return found.length;
      },
      { limit, afterId, firstWindow: all ? ALL_WORKS_WINDOW : windowOf(USUAL_DENSITY) },
    );
    return ids;
  }

  /** How many works match, counted up to a limit. */
  count(expression: string, limit: number): number {
    if (isOfAllWorks(expression)) return this.ids(expression, limit).length;
    let count = 0;
    this.#walk(
      (from, to, room) => {
        const [found = 0] = this.#database.numbers(
          "SELECT count(*) FROM (SELECT rowid FROM words " +
            "WHERE words MATCH ? AND rowid > ? AND rowid <= ? LIMIT ?)",
          expression,
          from,
          to,
          room,
        );
        count += found;
        return found;
      },
      { limit, firstWindow: windowOf(USUAL_DENSITY) },
    );
    return count;
  }

  /** True when time is up; remembered in `expired`. */
  isLate(): boolean {
    return this.#isAfter(this.#deadline);
  }

  #isAfter(deadline: number): boolean {
    const late = threadTime() > deadline || performance.now() > this.#latest;
    if (late) this.expired = true;
    return late;
  }

  /** Queries window after window; returns true if it came to the end before a limit. */
  #walk(
    query: (from: number, to: number, limit: number) => number,
    { limit, firstWindow, afterId = 0 }: { limit: number; firstWindow: number; afterId?: number },
  ): boolean {
    const end = (this.workCount + 1) * ROWID_GAP;
    let from = afterId;
    let size = firstWindow * ROWID_GAP;
    let room = limit;
    const deadline = Math.min(this.#deadline, threadTime() + this.#laneMs);
    while (from < end && room > 0) {
      if (from > afterId && this.#isAfter(deadline)) return false;
      const to = Math.min(from + size, end);
      room -= query(from, to, room);
      from = to;
      size = Math.min(size * 2, firstWindow * MAX_WINDOW_GROWTH * ROWID_GAP);
    }
    return room > 0;
  }

  #add(row: SqlValue[], lane: Omit<Lane, "expression" | "limit">): void {
    const id = Number(row[0]);
    const candidate = this.candidates.get(id) ?? new LaneCandidate(row);
    candidate.indexedWords |= lane.indexedWords;
    candidate.titleKeyRange = widest(candidate.titleKeyRange, lane.titleKeyRange);
    candidate.lanes.add(lane.name);
    this.candidates.set(id, candidate);
  }
}

/** Works in the first window of a walk. */
function windowOf(density: number): number {
  return Math.max(MIN_WINDOW_WORKS, Math.ceil(FIRST_WINDOW_ENTRIES / Math.max(density, 1e-6)));
}

type Range = { start: number; end: number };

function widest(one: Range | undefined, other: Range | undefined): Range | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return one.end - one.start >= other.end - other.start ? one : other;
}
