// First, so that its order of layers is the one that counts.
import "./styles/index.css";

import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { createNavigation } from "./router/navigation.ts";
import { createQueryClient } from "./rpc/query-client.ts";
import { createBrowserTransport } from "./rpc/transport.ts";

const container = document.getElementById("app");
if (container === null) throw new Error("index.html has no element #app.");

createRoot(container).render(
  <StrictMode>
    <App
      transport={createBrowserTransport(window.location.origin)}
      queryClient={createQueryClient()}
      navigation={createNavigation(window)}
    />
  </StrictMode>,
);
