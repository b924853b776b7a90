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

/** The first window in works; each next one is twice as long as all before. */
const FIRST_WINDOW_WORKS = 250_000;

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
  /** Bit n: every match has word n of the query. */
  indexedWords: number;
  titleKeyRange?: { start: number; end: number };
};

export class Lanes {
  readonly candidates = new Map<number, LaneCandidate>();
  /** True if a walk stopped at the deadline: candidates may be missing. */
  expired = false;
  #database: ReadDatabase;
  #workCount: number;
  #deadline: number;
  /** As of performance.now(). */
  /** Expressions that no work matches. */
  #vain = new Set<string>();
  /** Expressions that some work matches. */
  #met = new Set<string>();
  #laneMs: number;
  #latest = performance.now() + LONGEST_WAIT_MS;

  /** `deadline` as of threadTime(). */
  constructor(database: ReadDatabase, workCount: number, deadline: number) {
    this.#database = database;
    this.#workCount = workCount;
    this.#deadline = deadline;
    this.#laneMs = Math.max(0, deadline - threadTime()) * LANE_SHARE;
  }

  /** Runs a lane; returns how many works it matched, at most its limit. */
  run(lane: Lane): number {
    if (this.#vain.has(lane.expression)) return 0;
    let found = 0;
    this.#walk(lane.limit, (from, to, limit) => {
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
    });
    if (found === 0) this.#vain.add(lane.expression);
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
    if (isOfAllWorks(expression)) {
      this.#walk(
        limit,
        (from, to, room) => {
          const found = idsOfAllWorks(this.#database, expression, { from, to, limit: room });
          ids.push(...found);
          return found.length;
        },
        afterId,
        ALL_WORKS_WINDOW,
      );
      return ids;
    }
    this.#walk(
      limit,
      (from, to, room) => {
        const found = this.#database.numbers(
          "SELECT rowid FROM words WHERE words MATCH ? AND rowid > ? AND rowid <= ? LIMIT ?",
          expression,
          from,
          to,
          room,
        );
        ids.push(...found);
        return found.length;
      },
      afterId,
    );
    return ids;
  }

  /** True if any work matches; asked once. */
  finds(expression: string): boolean {
    if (this.#vain.has(expression)) return false;
    const found = this.#met.has(expression) || this.ids(expression, 1).length > 0;
    (found ? this.#met : this.#vain).add(expression);
    return found;
  }

  /** How many works match, counted up to a limit. */
  count(expression: string, limit: number): number {
    if (isOfAllWorks(expression)) return this.ids(expression, limit).length;
    let count = 0;
    this.#walk(limit, (from, to, room) => {
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
    });
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

  #walk(
    limit: number,
    query: (from: number, to: number, limit: number) => number,
    afterId = 0,
    firstWindow = FIRST_WINDOW_WORKS,
  ): void {
    const end = (this.#workCount + 1) * ROWID_GAP;
    let from = afterId;
    let size = firstWindow * ROWID_GAP;
    let room = limit;
    const deadline = Math.min(this.#deadline, threadTime() + this.#laneMs);
    while (from < end && room > 0) {
      if (from > afterId && this.#isAfter(deadline)) return;
      const to = Math.min(from + size, end);
      room -= query(from, to, room);
      from = to;
      size = Math.min(size * 2, 1_000_000 * ROWID_GAP);
    }
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

type Range = { start: number; end: number };

function widest(one: Range | undefined, other: Range | undefined): Range | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return one.end - one.start >= other.end - other.start ? one : other;
}
