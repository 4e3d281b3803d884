import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Attachment } from "../../api/contract";
import { IconButton } from "../../ui/button";
import { nearText, sizeText } from "../../ui/format";
import { Icon } from "../../ui/icon";
import { Menu, type MenuItem } from "../../ui/menu";
import { FileBox } from "./FileBox";
import type { FilesProps } from "./FilesSection";
import { contentAddress, removeFile } from "./files";
import { attachVersion, forgetUpload, type Upload } from "./uploads";
import { VersionsDialog } from "./VersionsDialog";
import { lookOf, savedAddress, viewFile } from "./viewing";
import "./words";

/** A larger picture would be downloaded whole for a stamp. */
const THUMB_LIMIT = 3 * 1024 * 1024;

/** A file that has arrived: a press shows it, the menu keeps its versions. */
export function KeptFile({ kind, id, file, canAttach }: FilesProps & { file: Attachment }) {
  const { t } = useTranslation("attachments");
  const input = useRef<HTMLInputElement>(null);
  const [versions, setVersions] = useState(false);
  const size = sizeText(file.size);
  const version = file.version > 1 ? ` · ${t("version", { number: file.version })}` : "";
  const notes = {
    uploading: size,
    checking: `${size} · ${t("checking")}`,
    ready: `${size} · ${nearText(file.created_at)}${version}`,
    rejected: file.reason ? t("rejected", { reason: file.reason }) : t("rejectedPlain"),
  };
  const ready = file.state === "ready";
  const small = ready && lookOf(file) === "picture" && file.size <= THUMB_LIMIT;
  const view = () => viewFile(kind, id, file.id);
  const readyItems: MenuItem[] = [
    { key: "view", title: t("view"), icon: "eye", run: view },
    {
      key: "save",
      title: t("download"),
      icon: "download",
      run: () => window.location.assign(savedAddress(file.id)),
    },
    { key: "versions", title: t("versions"), icon: "history", run: () => setVersions(true) },
  ];

  return (
    <FileBox
      name={file.name}
      note={<span className={file.state === "rejected" ? "red" : ""}>{notes[file.state]}</span>}
      href={ready ? contentAddress(file) : null}
      label={t("open", { name: file.name })}
      thumb={small ? contentAddress(file) : undefined}
      onOpen={view}
    >
      {file.state === "checking" && <Icon name="loader" size={14} className="spin t3" />}
      {(ready || canAttach) && (
        <Menu
          label={t("actions")}
          alignEnd
          trigger={(open) => <IconButton icon="ellipsis" label={t("actions")} small {...open} />}
          items={[
            ...(ready ? readyItems : []),
            ...(canAttach
              ? [
                  {
                    key: "version",
                    title: t("newVersion"),
                    icon: "upload" as const,
                    disabled: !ready,
                    run: () => input.current?.click(),
                  },
                  {
                    key: "remove",
                    title: t("remove"),
                    icon: "trash-2" as const,
                    danger: true,
                    run: () => removeFile(kind, id, file),
                  },
                ]
              : []),
          ]}
        />
      )}
      {versions && (
        <VersionsDialog
          kind={kind}
          id={id}
          file={file}
          canAttach={canAttach}
          onClose={() => setVersions(false)}
        />
      )}
      {canAttach && (
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
        />
      )}
    </FileBox>
  );
}

export function MovingFile({ upload }: { upload: Upload }) {
  const { t } = useTranslation("attachments");
  const { t: ui } = useTranslation("ui");
  const percent = Math.round(upload.share * 100);
  if (upload.error === null) {
    return <FileBox name={upload.name} note={t("sending", { percent })} share={upload.share} />;
  }
  return (
    <FileBox
      name={upload.name}
      note={<span className="red">{t("failed", { reason: upload.error })}</span>}
    >
      <IconButton icon="rotate-ccw" label={ui("retry")} small onClick={upload.retry} />
      <IconButton icon="x" label={t("dismiss")} small onClick={() => forgetUpload(upload.key)} />
    </FileBox>
  );
}
