import { useTranslation } from "react-i18next";
import { Tag } from "../../../../ui/marks";
import { Empty } from "../../../../ui/state";
import { MOST } from "./handover";
import type { HandoverPiece } from "./told";

/** A title as it stands inside a sentence. */
const inside = (title: string): string => title.charAt(0).toLowerCase() + title.slice(1);

/** What he holds, sort by sort; those of which there is nothing in one line. */
export function HeldStep({ pieces }: { pieces: HandoverPiece[] }) {
  const { t } = useTranslation("dismissal");
  const full = pieces.filter((piece) => piece.count > 0);
  const empty = pieces.filter((piece) => piece.count === 0);
  if (full.length === 0)
    return <Empty icon="check" title={t("heldNothing")} text={t("heldNothingText")} />;
  return (
    <>
      <p className="t2 f13">{t("heldText")}</p>
      <ul className="dis-list" data-testid="dismiss-held">
        {full.map((piece) => (
          <li key={piece.code} className="dis-line">
            <span className="dis-count num">{piece.count < MOST ? piece.count : t("many")}</span>
            <span className="grow">
              {piece.title}
              <span className="hint dis-hint">{piece.hint}</span>
            </span>
            {piece.fate !== "given" && (
              <Tag>{t(piece.fate === "stays" ? "staysTag" : "droppedTag")}</Tag>
            )}
          </li>
        ))}
      </ul>
      {empty.length > 0 && (
        <p className="hint">
          {t("emptySorts", { titles: empty.map((piece) => inside(piece.title)).join("; ") })}
        </p>
      )}
    </>
  );
}
