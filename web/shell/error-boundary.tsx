import { Component, type ReactNode } from "react";
import { Button } from "#web/ui/button.tsx";
import { State } from "#web/ui/state.tsx";

type Props = { children: ReactNode };

/** Catches what should not happen, so that a fault in one part never leaves an empty page. */
export class ErrorBoundary extends Component<Props, { hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override render() {
    if (!this.state.hasFailed) {
      return this.props.children;
    }
    return (
      <State title="This page has broken." isAlert>
        <p>Its address is safe: loading it again shows the same search or book.</p>
        <Button onClick={() => window.location.reload()}>Load again</Button>
      </State>
    );
  }
}
