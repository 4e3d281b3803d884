import { useQuery } from "@tanstack/react-query";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Attachment, Page } from "../../api/contract";
import { sentenceOf } from "../../api/problem";
import { get } from "../../api/request";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { momentText, sizeText } from "../../ui/format";
import { Icon } from "../../ui/icon";
import { Face } from "../../ui/marks";
import { Failed, Waiting } from "../../ui/state";
import { type CardKind, keys } from "../entities/kind";
import { attachVersion } from "./uploads";
import { savedAddress, viewFile } from "./viewing";
import "./viewer.css";
import "./words";

interface VersionsProps {
  kind: CardKind;
  id: number;
  file: Attachment;
  canAttach: boolean;
  onClose: () => void;
}

/** Who brought which version and when; each can still be opened. */
export function VersionsDialog({ kind, id, file, canAttach, onClose }: VersionsProps) {
  const { t } = useTranslation("attachments");
  const input = useRef<HTMLInputElement>(null);
  const versions = useQuery({
    // Under the card's files: a version that has come makes the list ask again.
    queryKey: [...keys.files(kind, id), "versions", file.id],
    queryFn: ({ signal }) => get<Page<Attachment>>(`attachments/${file.id}/versions/`, { signal }),
  });
  const rows = versions.data?.results ?? [];

  return (
    <Dialog title={t("versionsOf", { name: file.name })} width={560} onClose={onClose}>
      {versions.isPending && <Waiting rows={3} />}
      {versions.isError && (
        <Failed text={sentenceOf(versions.error)} onRetry={() => void versions.refetch()} />
      )}
      <ol className="versions" data-testid="versions">
        {rows.map((row, index) => (
          <li key={row.id} className="version">
            <b className="num">{row.version}</b>
            <Face
              id={row.author.id}
              initials={row.author.initials}
              photo={row.author.photo_url}
              size="m"
            />
            <span className="grow file-text">
              <button
                type="button"
                className="link el"
                onClick={() => viewFile(kind, id, row.id)}
                data-testid={`version-${row.version}`}
              >
                {row.name}
              </button>
              <span className="f12 t3 el num">
                {row.author.name} · {momentText(row.created_at)} · {sizeText(row.size)}
                {index === 0 && ` · ${t("current")}`}
              </span>
            </span>
            <a
              className="icb sm"
              href={savedAddress(row.id)}
              aria-label={t("downloadVersion", { number: row.version })}
              title={t("download")}
            >
              <Icon name="download" />
            </a>
          </li>
        ))}
      </ol>
      {canAttach && (
        <>
          <Button icon="upload" onClick={() => input.current?.click()}>
            {t("newVersion")}
          </Button>
          <input
            ref={input}
            type="file"
            className="vh"
            tabIndex={-1}
            aria-label={t("newVersion")}
            onChange={(event) => {
              const next = event.target.files?.[0];
              if (next) attachVersion(kind, id, file.id, next);
              event.target.value = "";
            }}
            data-testid="version-input"
          />
        </>
      )}
    </Dialog>
  );
}
