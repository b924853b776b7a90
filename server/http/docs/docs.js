/** The reader of openapi.json: shows each operation and tries it. No library, nothing from elsewhere. */

/** More of an answer than this is not shown. */
const SHOWN_CHARS_MAX = 50_000;

const response = await fetch("/openapi.json");
const api = await response.json();
const main = document.querySelector("#operations");
const token = document.querySelector("#token");
main.replaceChildren(...api.tags.flatMap(sectionOf));

function sectionOf({ name, description }) {
  const operations = Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, { tags }]) => tags.includes(name))
      .map(([method, operation]) => operationOf(method.toUpperCase(), path, operation)),
  );
  if (operations.length === 0) {
    return [];
  }
  return [
    element("h2", {}, name),
    element("p", {}, ...inCode((description ?? "").split("\n\n")[0])),
    ...operations,
  ];
}

function operationOf(method, path, operation) {
  const fields = (operation.parameters ?? []).map(parameterField);
  const isNeeded = ({ parameter }) => parameter.required || parameter.example !== undefined;
  const optional = fields.filter((field) => !isNeeded(field));
  const body = bodyField(operation);
  const output = element("div", { "aria-live": "polite" });
  const form = element(
    "form",
    {},
    ...fields.filter(isNeeded).map(({ label }) => label),
    ...(optional.length === 0
      ? []
      : [
          element(
            "details",
            { className: "optional" },
            element("summary", {}, `${optional.length} more parameters`),
            ...optional.map(({ label }) => label),
          ),
        ]),
    ...(body === undefined ? [] : [body.label]),
    element("button", {}, "Send"),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void send({ method, path, fields, body }, output);
  });
  return element(
    "details",
    { className: "operation", id: operation.operationId },
    element(
      "summary",
      {},
      element("span", { className: "verb" }, method),
      element("span", { className: "path" }, path),
      element("span", { className: "what" }, ...inCode(operation.summary)),
    ),
    element(
      "div",
      { className: "inside" },
      ...(operation.description ?? "")
        .split("\n\n")
        .map((text) => element("p", {}, ...inCode(text))),
      form,
      output,
    ),
  );
}

function parameterField(parameter) {
  const schema = resolve(parameter.schema);
  const values = schema.enum ?? (schema.type === "boolean" ? ["false", "true"] : undefined);
  const input =
    values === undefined
      ? element("input", { value: parameter.example ?? "" })
      : element("select", {}, ...["", ...values].map((value) => element("option", {}, value)));
  return {
    parameter,
    isList: schema.type === "array",
    input,
    label: labelOf(
      parameter.name,
      schema.type === "array"
        ? `${parameter.description ?? ""} Several are separated by commas.`
        : (parameter.description ?? ""),
      input,
    ),
  };
}

function bodyField({ requestBody }) {
  if (requestBody === undefined) {
    return undefined;
  }
  const [[type, { example }]] = Object.entries(requestBody.content);
  const isLines = type === "application/x-ndjson";
  const text = example === undefined ? "{}" : JSON.stringify(example, null, isLines ? 0 : 2);
  const input = element("textarea", { value: text, spellcheck: false });
  return { type, input, label: labelOf("Body", requestBody.description ?? type, input) };
}

async function send({ method, path, fields, body }, output) {
  const url = new URL(location.origin);
  url.pathname = path.replaceAll(/\{(\w+)\}/g, (_, name) =>
    encodeURIComponent(parameterValue(fields, name)),
  );
  const headers = {};
  for (const { parameter, isList, input } of fields) {
    const value = input.value.trim();
    if (value === "" || parameter.in === "path") {
      continue;
    }
    if (parameter.in === "header") {
      headers[parameter.name] = value;
    } else {
      for (const each of isList ? value.split(",") : [value]) {
        url.searchParams.append(parameter.name, each.trim());
      }
    }
  }
  if (body !== undefined) {
    headers["content-type"] = body.type;
  }
  const shown = { ...headers, ...(token.value === "" ? {} : { authorization: "Bearer $TOKEN" }) };
  const curl = [
    `curl -X ${method} '${url.href.replaceAll("'", "%27")}'`,
    ...Object.entries(shown).map(([name, value]) => `  -H "${name}: ${value}"`),
    ...(body === undefined
      ? []
      : [`  --data-binary '${body.input.value.replaceAll("'", "'\\''")}'`]),
  ].join(" \\\n");
  if (token.value !== "") {
    headers.authorization = `Bearer ${token.value}`;
  }
  output.replaceChildren(element("pre", {}, curl));
  try {
    const begin = performance.now();
    const answer = await fetch(url, {
      method,
      headers,
      ...(body === undefined ? {} : { body: body.input.value }),
    });
    const text = await answer.text();
    const ms = Math.round(performance.now() - begin);
    const told = [
      "etag",
      "location",
      "retry-after",
      "ratelimit",
      "x-unknown-fields",
      "cache-control",
    ]
      .filter((name) => answer.headers.has(name))
      .map((name) => `${name}: ${answer.headers.get(name)}`);
    output.append(
      element(
        "p",
        {},
        `${answer.status} ${answer.statusText} · ${ms} ms · ${text.length} characters`,
      ),
      element("pre", {}, [...told, "", pretty(text)].join("\n").slice(0, SHOWN_CHARS_MAX)),
    );
  } catch (error) {
    output.append(element("p", {}, `No answer: ${error.message}`));
  }
}

function parameterValue(fields, name) {
  return fields.find(({ parameter }) => parameter.name === name)?.input.value ?? "";
}

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

function labelOf(name, meaning, input) {
  return element(
    "label",
    {},
    element("span", { className: "name" }, name),
    element("span", { className: "meaning" }, ...inCode(meaning)),
    input,
  );
}

/** A schema, or the one that it refers to. */
function resolve(schema) {
  const name = schema.$ref?.split("/").at(-1);
  return name === undefined ? schema : { ...api.components.schemas[name], ...schema };
}

/** Text whose parts between backticks are code. */
function inCode(text) {
  return text.split("`").map((part, index) => (index % 2 === 1 ? element("code", {}, part) : part));
}

function element(name, properties, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key.includes("-")) {
      made.setAttribute(key, value);
    } else {
      made[key] = value;
    }
  }
  made.append(...children);
  return made;
}
