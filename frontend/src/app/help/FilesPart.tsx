import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { FileBox } from "../../core/attachments/FileBox";
import { Button, IconButton } from "../../ui/button";
import { sizeText } from "../../ui/format";
import { complain } from "../../ui/toast";
import type { Files, Sending } from "./sending";
import "./words";

interface FilesPartProps {
  files: Files;
  most: number;
  largest: number;
}

/** Up to so many files beside a message. */
export function FilesPart({ files, most, largest }: FilesPartProps) {
  const { t } = useTranslation("help");
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className="stack help-files">
      {files.files.map((file) => (
        <FileBox
          key={file.key}
          name={file.name}
          note={<Note file={file} />}
          {...(file.id === null && file.error === null ? { share: file.share } : {})}
        >
          <IconButton
            icon="x"
            label={t("unattach", { name: file.name })}
            small
            onClick={() => files.remove(file.key)}
          />
        </FileBox>
      ))}
      <div className="row">
        <Button
          size="sm"
          icon="paperclip"
          disabled={files.files.length >= most}
          onClick={() => input.current?.click()}
        >
          {t("attach")}
        </Button>
        <span className="hint">{t("attachHint", { count: most, size: sizeText(largest) })}</span>
      </div>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        data-testid="help-files"
        onChange={({ target }) => {
          if (!files.add([...(target.files ?? [])])) complain(t("tooMany", { count: most }));
          target.value = "";
        }}
      />
    </div>
  );
}

function Note({ file }: { file: Sending }) {
  const { t } = useTranslation("help");
  if (file.error) return <span className="red">{t("notSent", { reason: file.error })}</span>;
  if (file.id !== null) return `${sizeText(file.size)} · ${t("arrived")}`;
  return t("sending", { percent: Math.round(file.share * 100) });
}
