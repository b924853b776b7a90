/**
 * A subject heading as readers write it. Libraries join a heading and its parts with two hyphens:
 * "England -- Fiction" → "England → Fiction".
 */
export function subjectText(heading: string): string {
  return (
    heading
      .split(/\s*--\s*/u)
      .filter((part) => part !== "")
      .join(" → ") || heading
  );
}
