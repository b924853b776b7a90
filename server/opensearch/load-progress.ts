/** How far a load has come, for whoever waits for it. */
export type LoadProgress = {
  stage: "works" | "keys" | "merge" | "copies";
  done: number;
  total: number;
};
