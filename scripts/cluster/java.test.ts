import { expect, test } from "vitest";
import { matchRuntime } from "./java.ts";

const java = (major: number) => ({ home: `/jvm/${major}`, major });

test.each([
  { there: [17, 25], version: "3.8.0", major: 25 },
  { there: [21], version: "3.8.0", major: 21 },
  { there: [11, 17], version: "2.19.6", major: 17 },
])("takes OpenSearch $version with Java $there", ({ there, version, major }) => {
  expect(matchRuntime(there.map(java))).toEqual({ version, java: java(major) });
});

test("takes the version that is asked for, with a Java that it runs on", () => {
  expect(matchRuntime([java(25), java(17)], "2.19.6").java.major).toBe(17);
  expect(() => matchRuntime([java(17)], "3.8.0")).toThrow(
    /3\.8\.0 needs Java 21 or newer; found: 17/,
  );
});

test.each([[[]], [[java(8)]]])(
  "says what to install where there is no Java for it: %j",
  (there) => {
    expect(() => matchRuntime(there)).toThrow(/apt-get install .*OPENSEARCH_JAVA_HOME/);
  },
);

test("names the versions that it knows", () => {
  expect(() => matchRuntime([java(25)], "1.0")).toThrow(/there are 3\.8\.0, 2\.19\.6/);
});
