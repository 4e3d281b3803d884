import type { ErrorInfo, ReactNode } from "react";
import { Component } from "react";
import { Failed } from "./state";
import { i18next } from "./texts";

interface BoundaryProps {
  children: ReactNode;
  /** A new value (an address, a card) gives the screen another chance. */
  at?: string;
}

/** One broken part does not take the rest of the screen with it. */
export class Boundary extends Component<BoundaryProps, { broken: boolean; at?: string }> {
  override state: { broken: boolean; at?: string } = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  static getDerivedStateFromProps(props: BoundaryProps, state: { broken: boolean; at?: string }) {
    return props.at === state.at ? null : { broken: false, at: props.at };
  }

  override componentDidCatch(error: Error, info: ErrorInfo) {
    console.error(error, info.componentStack);
  }

  override render() {
    if (!this.state.broken) return this.props.children;
    return (
      <Failed
        title={i18next.t("ui:wrongTitle")}
        text={i18next.t("ui:wrongText")}
        onRetry={() => this.setState({ broken: false })}
      />
    );
  }
}
