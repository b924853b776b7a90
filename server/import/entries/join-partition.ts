/**
 * One partition of the staged records → its entries. Everything about a work is in one partition:
 * its record, its editions, its readers, the keys that were merged into it.
 */

import { payloadOf, recordType, type StagedRecord, stagedRecords } from "../files/segments.ts";
import { decodeEdition, decodeWork } from "../files/staged-codec.ts";
import { keyKind, kindOf, writeKey } from "../keys.ts";
import type { Activity } from "../parse/parsed-records.ts";
import { type BuildContext, type BuiltEntry, buildEntry, type WorkGroup } from "./build-entry.ts";

/** What became of the staged records; every one of them is counted in one place. */
export type JoinCounts = {
  works: number;
  editions: number;
  /** Editions without a work (none named, or one that isn't there): entries of their own. */
  orphanEditions: number;
  olderCopiesOfWorks: number;
  olderCopiesOfEditions: number;
};

export function joinPartition(
  slices: readonly Buffer[],
  context: BuildContext,
  emit: (built: BuiltEntry) => void,
): JoinCounts {
  const counts: JoinCounts = {
    works: 0,
    editions: 0,
    orphanEditions: 0,
    olderCopiesOfWorks: 0,
    olderCopiesOfEditions: 0,
  };
  const records = slices.flatMap((slice) => [...stagedRecords(slice)]).sort(compareRecords);
  for (let start = 0; start < records.length; ) {
    const group = records[start]?.group;
    let end = start + 1;
    while (records[end]?.group === group) {
      end += 1;
    }
    for (const work of groupWorks(records.slice(start, end), counts, context)) {
      emit(buildEntry(work, context));
    }
    start = end;
  }
  return counts;
}

/** By group, type and key; of several copies of a record the newest comes first. */
function compareRecords(a: StagedRecord, b: StagedRecord): number {
  return (
    a.group - b.group ||
    a.type - b.type ||
    a.key - b.key ||
    b.revision - a.revision ||
    b.bytes.compare(a.bytes, a.start, a.end, b.start, b.end)
  );
}

/** The work of a group, or each of its editions as one if there is no work. */
function groupWorks(
  records: readonly StagedRecord[],
  counts: JoinCounts,
  context: BuildContext,
): WorkGroup[] {
  const gathered: WorkGroup = {
    key: records[0]?.group ?? 0,
    work: undefined,
    editions: [],
    activity: { readers: 0, ratings: 0, stars: 0 },
    formerKeys: [],
  };
  for (const record of records) {
    addRecord(gathered, record, counts);
  }
  if (gathered.work !== undefined) {
    return [gathered];
  }
  if (kindOf(gathered.key) === keyKind.work) {
    const { warnings } = context;
    const missing = writeKey(gathered.key);
    if (gathered.editions.length > 0) {
      warnings.add("editions of works without a record", missing, gathered.editions.length);
    }
    if (gathered.formerKeys.length > 0) {
      warnings.add("redirects to works without a record", missing, gathered.formerKeys.length);
    }
    const { readers, ratings } = gathered.activity;
    if (readers + ratings > 0) {
      warnings.add("shelves and ratings of works without a record", missing, readers + ratings);
    }
  }
  counts.orphanEditions += gathered.editions.length;
  return gathered.editions.map((edition) => ({
    ...gathered,
    key: edition.key,
    editions: [edition],
    activity: { readers: 0, ratings: 0, stars: 0 },
    formerKeys: [],
  }));
}

function addRecord(group: WorkGroup, record: StagedRecord, counts: JoinCounts): void {
  if (record.type === recordType.work) {
    if (group.work !== undefined) {
      counts.olderCopiesOfWorks += 1;
    } else {
      group.work = decodeWork(payloadOf(record));
      counts.works += 1;
    }
  } else if (record.type === recordType.edition) {
    if (group.editions.at(-1)?.key === record.key) {
      counts.olderCopiesOfEditions += 1;
    } else {
      group.editions.push({ key: record.key, edition: decodeEdition(payloadOf(record)) });
      counts.editions += 1;
    }
  } else if (record.type === recordType.activity) {
    addActivity(group.activity, record);
  } else if (record.type === recordType.former) {
    group.formerKeys.push(record.key);
  }
}

function addActivity(sum: Activity, record: StagedRecord): void {
  // stageBlock() wrote these three numbers.
  const [readers, ratings, stars] = JSON.parse(payloadOf(record)) as [number, number, number];
  sum.readers += readers;
  sum.ratings += ratings;
  sum.stars += stars;
}
