// First, so that its order of layers is the one that counts.
import "./styles/index.css";

import { StrictMode, startTransition } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { warmCovers } from "./books/book-cover.tsx";
import { warmFilters } from "./pages/search/facets-panel.tsx";
import { createNavigation } from "./router/navigation.ts";
import { fetchPage } from "./routes.tsx";
import { takeFirstAnswers } from "./rpc/first-answers.ts";
import { nextTask } from "./rpc/next-task.ts";
import { createQueryClient } from "./rpc/query-client.ts";
import { createBrowserTransport } from "./rpc/transport.ts";
import { currentSettings, preferredLanguages } from "./settings/settings.ts";
import { continueTyping } from "./shell/continue-typing.ts";

const container = document.getElementById("app");
if (container === null) {
  throw new Error("index.html has no element #app.");
}

const transport = createBrowserTransport(window.location.origin);
const queryClient = createQueryClient();
const navigation = createNavigation(window);
continueTyping(container, navigation);
await takeFirstAnswers(document, queryClient, transport, preferredLanguages(currentSettings()));
await nextTask();

// It replaces what the server has written.
const root = createRoot(container);
// What the server has written stands meanwhile; a failure shows when the page is drawn.
await fetchPage(window.location.pathname, window.location.search).catch(() => undefined);
await nextTask();
// A transition is drawn in slices: on a slow processor the written page stays usable meanwhile.
startTransition(() =>
  root.render(
    <StrictMode>
      <App transport={transport} queryClient={queryClient} navigation={navigation} />
    </StrictMode>,
  ),
);
warmCovers();
warmFilters();
