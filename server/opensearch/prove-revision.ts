/**
 * What a revision has to show before it is served: as many works and keys as the file has, and for works
 * from all over the popularity the same records, found by number and by the tokens that the file makes.
 */

import { Budget } from "#server/search/effort.ts";
import { WholeCatalogue } from "#server/sqlite/whole-catalogue.ts";
import type { Cluster } from "./cluster.ts";
import { documentOf } from "./documents.ts";
import { LoadError } from "./load-error.ts";
import type { IndexNames } from "./mapping.ts";
import type { Query } from "./query-dsl.ts";
import { hasRanking } from "./rankings.ts";
import { Records } from "./records.ts";
import { Searcher } from "./searcher.ts";

const SAMPLE_WORKS = 100;

/** @throws {LoadError} that says what is missing. */
export async function proveRevision(
  cluster: Cluster,
  names: IndexNames,
  path: string,
  termsCount: number,
): Promise<void> {
  const source = new WholeCatalogue(path);
  try {
    const { workCount } = source.info;
    await expectCount(cluster, names.works, workCount, workCount);
    const authors = source.count("author");
    const fewest = authors + termsCount;
    await expectCount(cluster, names.keys, fewest, fewest + source.count("redirect"));
    for (let sample = 0; sample < Math.min(SAMPLE_WORKS, workCount); sample++) {
      await proveWork(cluster, names, source, Math.floor((workCount * sample) / SAMPLE_WORKS));
    }
  } finally {
    source.close();
  }
}

async function expectCount(
  cluster: Cluster,
  index: string,
  fewest: number,
  most: number,
): Promise<void> {
  const answer = await cluster.read({ method: "GET", path: `/${index}/_count` });
  const { count = 0 } = answer as { count?: number };
  if (count < fewest || count > most) {
    const wanted = fewest === most ? `${most}` : `${fewest} to ${most}`;
    throw new LoadError(`${index} holds ${count} documents instead of ${wanted}; load it again`);
  }
}

async function proveWork(
  cluster: Cluster,
  names: IndexNames,
  source: WholeCatalogue,
  place: number,
): Promise<void> {
  const [wanted] = source.works(place, 1);
  if (wanted === undefined) {
    return;
  }
  const { id, prepared } = wanted;
  const searcher = new Searcher(cluster, names.works);
  const records = new Records(cluster, searcher, names.keys);
  const effort = new Budget(Number.MAX_SAFE_INTEGER).stage("values");
  const [work] = await records.works([id], effort);
  const [[found] = []] = await records.idsOfIdentifiers([{ type: "", text: prepared.key }], effort);
  const search = {
    query: tokensOf(documentOf(id, prepared)),
    limit: 1,
    after: id - 1,
    upTo: id,
    withRanking: true,
  };
  const [[hit] = []] = await searcher.run([search], effort, "refused");
  const isSame = hit !== undefined && hasRanking(hit, prepared.ranking);
  if (work?.key !== prepared.key || found !== id || !isSame) {
    throw new LoadError(
      `the index does not answer for ${prepared.key} ("${work?.title}") as the catalogue file does; load it again`,
    );
  }
}

/** A word of the title and a token of the exact things; a title may have none. */
function tokensOf(document: Record<string, unknown>): Query {
  const fields = ["title", "key"] as const;
  const filter = fields.flatMap((field) => {
    const [token = ""] = String(document[field]).trim().split(" ");
    return token === "" ? [] : [{ term: { [field]: token } }];
  });
  return { bool: { filter } };
}
