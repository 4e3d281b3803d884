import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "../../ui/button";
import { Menu, type MenuItem } from "../../ui/menu";
import { may, useMe } from "../session/session";
import { ExportDialog } from "./ExportDialog";
import "./words";

interface ExportButtonProps {
  /** The kind of the list's cards, as the server calls it. */
  kind: string;
  /** Filters, tab, search and order of the list, as it asks the server. */
  query: Record<string, string>;
  /** Codes of the columns that the list shows; they go into the file when asked. */
  shown: string[];
}

/** The menu of a list that leads to files: what is seen goes out, cards come in. Nothing for whoever may neither. */
export function ExportButton({ kind, query, shown }: ExportButtonProps) {
  const { t } = useTranslation("sheets");
  const me = useMe();
  const navigate = useNavigate();
  const [open, setOpen] = useState(false);
  const items: MenuItem[] = [];
  if (may(me, "sheets.export"))
    items.push({
      key: "export",
      title: t("export"),
      icon: "download",
      run: () => setOpen(true),
    });
  if (may(me, "imports.run"))
    items.push({
      key: "import",
      title: t("import"),
      icon: "upload",
      run: () => void navigate({ to: "/settings/imports", search: { kind } } as never),
    });
  if (items.length === 0) return null;
  return (
    <>
      <Menu
        label={t("menu")}
        items={items}
        alignEnd
        trigger={(aria) => (
          <IconButton icon="ellipsis" label={t("menu")} {...aria} data-testid="list-files" />
        )}
      />
      {open && (
        <ExportDialog kind={kind} query={query} shown={shown} onClose={() => setOpen(false)} />
      )}
    </>
  );
}
