import { useTranslation } from "react-i18next";
import { momentText } from "../../../ui/format";
import type { Line } from "./line";
import { restoreLine } from "./lines";
import "./words";

interface RemovedLinesProps {
  card: number;
  lines: Line[];
  canWrite: boolean;
}

/** What was struck out is kept: by whom, when, and the way back. */
export function RemovedLines({ card, lines, canWrite }: RemovedLinesProps) {
  const { t } = useTranslation("documents_minutes");
  if (lines.length === 0) return null;
  return (
    <details className="min-fold">
      <summary className="f13" data-testid="lines-removed">
        {t("removedOnes", { count: lines.length })}
      </summary>
      <ul className="min-gone">
        {lines.map((line) => (
          <li key={line.id} className="f13" data-testid="line-removed">
            <span className="grow">
              <s>{[line.text, line.assignee?.name].filter(Boolean).join(" — ")}</s>
              {line.removed && (
                <span className="t3 f12">
                  {t("removedBy", {
                    name: line.removed.by.name,
                    when: momentText(line.removed.at),
                  })}
                </span>
              )}
            </span>
            {canWrite && (
              <button
                type="button"
                className="link"
                onClick={() => restoreLine(card, line)}
                data-testid="line-restore"
              >
                {t("restore")}
              </button>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}
