import { useTranslation } from "react-i18next";
import { Icon } from "../../../ui/icon";
import { SortMark } from "./SortMark";
import { forget, send, type Written } from "./writing";
import "./words";

interface WaitingProps {
  lines: Written[];
  onCorrect: (line: Written) => void;
}

/** Lines that the server has not: on their way, or refused and still here. */
export function WaitingLines({ lines, onCorrect }: WaitingProps) {
  const { t } = useTranslation("documents_minutes");
  return lines.map((one) => (
    <li
      key={one.key}
      className="min-line min-going"
      aria-busy={one.refusal === null}
      data-testid="minutes-going"
    >
      <span className="min-place t3">
        <Icon
          name={one.refusal === null ? "loader" : "circle-alert"}
          size={14}
          className={one.refusal === null ? "spin" : "red"}
        />
      </span>
      <SortMark sort={one.sort ?? "task"} />
      <div className="min-what">
        <span className="min-said">{one.said}</span>
        {one.refusal !== null && (
          <div className="row f12 min-refusal" role="alert">
            <span className="red">{t("notKept", { reason: one.refusal })}</span>
            <button type="button" className="link" onClick={() => send(one.key)}>
              {t("retry")}
            </button>
            <button type="button" className="link" onClick={() => onCorrect(one)}>
              {t("correct")}
            </button>
            <button type="button" className="link" onClick={() => forget(one.key)}>
              {t("forget")}
            </button>
          </div>
        )}
      </div>
      {one.refusal === null && <span className="vh">{t("going")}</span>}
    </li>
  ));
}
