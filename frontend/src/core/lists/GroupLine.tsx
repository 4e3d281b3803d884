import type { CSSProperties } from "react";
import { useTranslation } from "react-i18next";
import { countText } from "../../ui/format";
import { Icon } from "../../ui/icon";
import type { Caption } from "./lines";
import "./words";

interface GroupLineProps {
  caption: Caption;
  style?: CSSProperties;
  /** It stands in a row of a real table, which says the rest. */
  plain?: boolean;
  onFold: ((value: string) => void) | undefined;
}

/** What stands over a group of rows: its name, how many there are, a press to fold it. */
export function GroupLine({ caption, style, plain, onFold }: GroupLineProps) {
  const { t } = useTranslation("lists");
  const { value, title, folded } = caption;
  const count = caption.count !== null && <em className="num">{countText(caption.count)}</em>;
  return (
    <div
      className={plain ? "list-g in-cell" : "list-g"}
      role={plain ? undefined : "row"}
      style={style}
      data-testid="list-group"
    >
      <span role={plain ? undefined : "cell"}>
        {value !== undefined && onFold ? (
          <button
            type="button"
            aria-expanded={!folded}
            aria-label={t(folded ? "unfoldGroup" : "foldGroup", { title })}
            onClick={() => onFold(value)}
          >
            <Icon name={folded ? "chevron-right" : "chevron-down"} size={14} />
            {title}
            {count}
          </button>
        ) : (
          <>
            {title}
            {count}
          </>
        )}
      </span>
    </div>
  );
}
