import { useTranslation } from "react-i18next";
import type { AppealContext } from "../../api/help";
import "./help.css";
import "./words";

interface ContextShownProps {
  context: AppealContext;
  /** What the kind of the card is called. */
  kind: string;
  open?: boolean;
}

/** What went along with an appeal, to both sides the same. */
export function ContextShown({ context, kind, open }: ContextShownProps) {
  const { t } = useTranslation("help");
  const card = [kind, context.card_number].filter(Boolean).join(" ");
  const rows = [
    [t("partAddress"), context.address],
    [t("partCard"), card],
    [t("partBrowser"), context.browser],
    [t("partScreen"), context.screen],
    [t("partZone"), context.time_zone],
    [t("partBuild"), context.build],
    [t("partRequest"), context.request_id],
  ].filter(([, value]) => value);
  if (rows.length === 0) return null;
  return (
    <details className="help-shown" open={open} data-testid="appeal-context">
      <summary className="link f13">{t("shown")}</summary>
      <dl>
        {rows.map(([title, value]) => (
          <div key={title}>
            <dt className="t2">{title}</dt>
            <dd className="num">{value}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
