import { useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { sentenceOf } from "../../../api/problem";
import { Icon } from "../../../ui/icon";
import { complain } from "../../../ui/toast";
import { DOCUMENTS } from "../document";
import { draftOf } from "./making";
import "./words";

const brings = (event: DragEvent): boolean =>
  event.dataTransfer?.types.includes("Files") === true && !document.querySelector(".scrim");

/** A file dropped anywhere on the list is a draft with that file as its text. */
export function DropToDraft() {
  const { t } = useTranslation("documents_new");
  const navigate = useNavigate();
  const [over, setOver] = useState(false);
  useEffect(() => {
    const hover = (event: DragEvent) => {
      if (!brings(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent) => {
      setOver(false);
      if (!brings(event)) return;
      event.preventDefault();
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length === 0) return;
      draftOf(files).then(
        (made) => void navigate({ to: `${DOCUMENTS.route}/${made.id}`, search: true } as never),
        (error: unknown) => complain(sentenceOf(error)),
      );
    };
    document.addEventListener("dragover", hover);
    document.addEventListener("dragleave", leave);
    document.addEventListener("drop", drop);
    return () => {
      document.removeEventListener("dragover", hover);
      document.removeEventListener("dragleave", leave);
      document.removeEventListener("drop", drop);
    };
  }, [navigate]);
  if (!over) return null;
  return (
    <div className="doc-drop" aria-hidden>
      <Icon name="upload" size={28} />
      {t("dropHere")}
    </div>
  );
}
