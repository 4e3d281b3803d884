import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/icon";
import { TagPicker } from "./TagPicker";
import "./words";

interface BulkTagProps {
  busy: boolean;
  run: (action: string, values: object) => void;
}

/** A tag for many cards: one that there is, or a new one. */
export function BulkTag({ busy, run }: BulkTagProps) {
  const { t } = useTranslation("tags");
  const [picking, setPicking] = useState(false);
  const anchor = useRef<HTMLSpanElement>(null);
  return (
    <>
      <span ref={anchor} style={{ display: "inline-flex" }}>
        <button
          type="button"
          className="bb"
          disabled={busy}
          aria-haspopup="dialog"
          aria-expanded={picking}
          onClick={() => setPicking(!picking)}
          data-testid="bulk-tag"
        >
          <Icon name="tag" />
          {t("add")}
        </button>
      </span>
      {picking && (
        <TagPicker
          anchor={anchor.current}
          chosen={[]}
          onPick={(tag) => {
            setPicking(false);
            run("tag", { tag: tag.title });
          }}
          onClose={() => setPicking(false)}
        />
      )}
    </>
  );
}
