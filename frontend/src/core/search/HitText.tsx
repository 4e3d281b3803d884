import { useTranslation } from "react-i18next";
import type { SearchHit } from "../../api/contract";
import { Pieces } from "./Pieces";
import "./search.css";
import "./words";

/** A found card in two lines: number and title, and where else the words were met. */
export function HitText({ hit }: { hit: SearchHit }) {
  const { t } = useTranslation("search");
  return (
    <span className="hit-text">
      <span className="el hit-title">
        {hit.card.number && (
          <span className="num t3">
            <Pieces pieces={hit.number} />{" "}
          </span>
        )}
        <Pieces pieces={hit.title} />
      </span>
      {hit.found && (
        <span className="el hit-where">
          {t(`in_${hit.found.place}`)}: <Pieces pieces={hit.found.pieces} />
        </span>
      )}
    </span>
  );
}
