import { useTranslation } from "react-i18next";
import type { DocumentRules } from "../../../api/documents";
import { Icon } from "../../../ui/icon";
import { DIRECTION_ICONS, purposeOf } from "../document";
import { FilePick } from "./FilePick";
import "./words";

interface GalleryProps {
  types: DocumentRules[];
  onPick: (code: string) => void;
  /** A file instead of a type: a draft is made of it at once. */
  onFiles: (files: File[]) => void;
}

/** Which sort of document it is, each with a line of what it is for. */
export function Gallery({ types, onPick, onFiles }: GalleryProps) {
  const { t } = useTranslation("documents_new");
  // The kind's own type is for what is none of the others.
  const named = types.filter((one) => one.code !== "");
  const shown = [...named, ...types.filter((one) => one.code === "")];
  return (
    <div className="stack">
      <div className="doc-gallery">
        {shown.map((type, index) => (
          <button
            key={type.code}
            type="button"
            className="doc-type"
            onClick={() => onPick(type.code)}
            data-autofocus={index === 0 || undefined}
            data-testid={`new-type-${type.code || "own"}`}
          >
            <Icon name={DIRECTION_ICONS[type.direction]} size={18} />
            <span>
              <b>{type.code ? type.title : t("other")}</b>
              <span className="t3 f12">{purposeOf(type)}</span>
            </span>
          </button>
        ))}
      </div>
      <FilePick files={[]} onChange={onFiles} hint={t("dropFirst")} />
    </div>
  );
}
