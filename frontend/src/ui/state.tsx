import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "./button";
import { Icon, type IconName } from "./icon";
import "./words";

interface EmptyProps {
  icon: IconName;
  title: string;
  text?: string;
  children?: ReactNode;
}

/** An empty place that teaches: one sentence, one button. */
export function Empty({ icon, title, text, children }: EmptyProps) {
  return (
    <div className="empty">
      <Icon name={icon} size={28} />
      <h2>{title}</h2>
      {text && <p>{text}</p>}
      {children && <div className="row">{children}</div>}
    </div>
  );
}

interface FailedProps {
  title?: string;
  text: string;
  onRetry?: () => void;
}

/** What happened and what to do about it. */
export function Failed({ title, text, onRetry }: FailedProps) {
  const { t } = useTranslation("ui");
  return (
    <div className="empty" role="alert">
      <Icon name="circle-alert" size={28} />
      <h2>{title ?? t("failed")}</h2>
      <p>{text}</p>
      {onRetry && (
        <div className="row">
          <Button onClick={onRetry}>{t("retry")}</Button>
        </div>
      )}
    </div>
  );
}

const WIDTHS = ["62%", "48%", "71%", "55%", "40%", "66%"];

/** Grey lines in the place where rows will stand; the screen does not jump. */
export function Waiting({ rows = 6 }: { rows?: number }) {
  const { t } = useTranslation("ui");
  return (
    <div className="stack" style={{ padding: "20px 24px" }} role="status">
      <span className="vh">{t("loading")}</span>
      {Array.from({ length: rows }, (_, index) => `line-${index}`).map((key, index) => (
        <span key={key} className="sk wait" style={{ width: WIDTHS[index % WIDTHS.length] }} />
      ))}
    </div>
  );
}
