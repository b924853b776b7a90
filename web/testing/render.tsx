import type { Transport } from "@connectrpc/connect";
import { configure, render } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { vi } from "vitest";
import { App } from "#web/app.tsx";
import { createNavigation } from "#web/router/navigation.ts";
import { createQueryClient } from "#web/rpc/query-client.ts";

// Not a measure of speed: a machine under load is slow. The default is a second.
configure({ asyncUtilTimeout: 60_000 });

/** The whole page at an address, over a transport of the test's; `isWide` leaves room beside the list. */
export function renderApp(address: string, transport: Transport, { isWide = false } = {}) {
  window.history.replaceState(null, "", address);
  // jsdom lays nothing out: it has no media queries, and can't scroll.
  vi.stubGlobal("matchMedia", (query: string) =>
    Object.assign(new EventTarget(), { matches: isWide && query.startsWith("(min-width") }),
  );
  vi.stubGlobal("scrollTo", () => undefined);
  Element.prototype.scrollIntoView = () => undefined;
  const navigation = createNavigation(window);
  render(<App transport={transport} queryClient={createQueryClient()} navigation={navigation} />);
  return { user: userEvent.setup(), navigation };
}
