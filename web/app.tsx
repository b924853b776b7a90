import type { Transport } from "@connectrpc/connect";
import { TransportProvider } from "@connectrpc/connect-query";
import { type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import type { Navigation } from "./router/navigation.ts";
import { NavigationProvider } from "./router/router.tsx";
import { ErrorBoundary } from "./shell/error-boundary.tsx";
import { Shell } from "./shell/shell.tsx";

type Props = { transport: Transport; queryClient: QueryClient; navigation: Navigation };

/** The whole page. What it depends on comes in: a test passes a transport of its own. */
export function App({ transport, queryClient, navigation }: Props) {
  return (
    <TransportProvider transport={transport}>
      <QueryClientProvider client={queryClient}>
        <NavigationProvider navigation={navigation}>
          <ErrorBoundary>
            <Shell />
          </ErrorBoundary>
        </NavigationProvider>
      </QueryClientProvider>
    </TransportProvider>
  );
}
